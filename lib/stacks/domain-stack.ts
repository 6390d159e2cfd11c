import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone, type HostedZoneAttributes } from 'aws-cdk-lib/aws-route53';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import { ApiDomain } from '../constructs/gateway/api-domain';

/** Construction properties for a DomainStack. */
export interface DomainStackProps extends StackProps {
  /** The places where requests may enter. */
  readonly boundary: ResidencyBoundary;

  /** The host name, such as `ai.example.eu`. */
  readonly domainName: string;

  /** The ARN of an ACM certificate for that name, in the Region of the stack. */
  readonly certificateArn: string;

  /**
   * The Route 53 hosted zone in which the name gets an alias record.
   *
   * @default - none: the output `Target` is the target for a CNAME record
   */
  readonly hostedZone?: HostedZoneAttributes;
}

/** The host name of a deployment's APIs; one per deployment. */
export class DomainStack extends Stack {
  /** The domain. */
  public readonly domain: ApiDomain;

  constructor(scope: Construct, id: string, props: DomainStackProps) {
    super(scope, id, props);
    const { boundary, domainName, certificateArn, hostedZone } = props;
    this.domain = new ApiDomain(this, 'Domain', {
      boundary,
      domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      hostedZone: hostedZone && HostedZone.fromHostedZoneAttributes(this, 'Zone', hostedZone),
    });
    new CfnOutput(this, 'Target', {
      description: `What a CNAME record of ${domainName} leads to`,
      value: this.domain.target,
    });
    new CfnOutput(this, 'TargetZone', {
      description: `The hosted zone of Target, for an alias record in another account's zone`,
      value: this.domain.targetHostedZoneId,
    });
  }
}
