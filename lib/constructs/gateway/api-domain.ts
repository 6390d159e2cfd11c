import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CfnApiMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { DOMAIN_NAME, DOMAIN_NAME_ALLOWED, isInZone } from '../../boundary/domain-name';
import { requireArnInside, requireInside } from '../shared/require-inside';
import { MODERN_TLS } from './modern-tls';

/** Construction properties for an ApiDomain. */
export interface ApiDomainProps {
  /** The boundary in which requests may enter. */
  readonly boundary: ResidencyBoundary;

  /** The host name, such as `ai.example.eu`, in lower case. Certificates and DNS make it public. */
  readonly domainName: string;

  /** An ACM certificate for that name, in the Region of the stack. */
  readonly certificate: acm.ICertificate;

  /**
   * The hosted zone of Route 53 in which the name gets an alias record. Route 53 has no Region: it stores and serves
   * its records worldwide. They hold names, and nothing of a request.
   *
   * @default - none: the operator of the name's zone creates a CNAME record that points to `target`
   */
  readonly hostedZone?: route53.IHostedZone;
}

/**
 * Your own regional host name for the APIs of projects and workspaces: `https://NAME/projects/v1` and
 * `https://NAME/workspaces/ID/v1`. These APIs then have no other host name: API Gateway's own name for each returns
 * 403.
 */
export class ApiDomain extends Construct {
  /** The host name. */
  public readonly domainName: string;

  /** The target of a CNAME record for the name: API Gateway's host for it in the Region. */
  public readonly target: string;

  /** The hosted zone ID of `target`, for an alias record in a zone of another account. */
  public readonly targetHostedZoneId: string;

  private readonly basePaths = new Set<string>();

  /** @throws if the Region, the certificate's Region, the name or its zone isn't allowed */
  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { boundary, certificate, hostedZone } = props;
    const own = requireInside(this, boundary, 'requests enter there');
    this.domainName = this.requireName(props);
    const theirs = requireArnInside(this, boundary, 'certificate', certificate.certificateArn, certificate);
    if (theirs !== own) {
      throw new Error(
        `${this.node.path}: 'certificate' must be in ${own}, the Region of its stack, because a regional domain accepts no ` +
          `other, got a certificate in '${theirs}'; request one in ${own}`,
      );
    }
    const domain = new apigateway.DomainName(this, 'DomainName', {
      domainName: this.domainName,
      certificate,
      endpointType: apigateway.EndpointType.REGIONAL,
      ...MODERN_TLS,
    });
    this.target = domain.domainNameAliasDomainName;
    this.targetHostedZoneId = domain.domainNameAliasHostedZoneId;
    if (hostedZone === undefined) return;
    new route53.ARecord(this, 'Record', {
      zone: hostedZone,
      recordName: this.domainName,
      target: route53.RecordTarget.fromAlias(new targets.ApiGatewayDomain(domain)),
    });
  }

  /**
   * Maps a base path of the domain to an API, whose stack may be another one in the same Region. The name isn't
   * imported from stack to stack, because an export that is in use can't be changed.
   *
   * @internal
   */
  public _addBasePath(scope: Construct, stage: apigateway.Stage, basePath: string): void {
    const [own, theirs] = [Stack.of(this), Stack.of(scope)];
    if (own.region !== theirs.region || own.account !== theirs.account) {
      throw new Error(
        `${scope.node.path}: 'domain' must be in ${theirs.region}, the Region of its stack, and in its account, because a regional domain ` +
          `can't serve APIs elsewhere, got ${this.node.path} in ${own.region}; define an ApiDomain there`,
      );
    }
    if (this.basePaths.has(basePath)) {
      throw new Error(
        `${scope.node.path}: 'domain' must have one API per path because a path can route to one only, got ${basePath} of ` +
          `${this.node.path}, which another API uses; give one of them another domain or another ID`,
      );
    }
    this.basePaths.add(basePath);
    const mapping = new CfnApiMapping(scope, 'Mapping', {
      domainName: this.domainName,
      apiId: stage.restApi.restApiId,
      stage: stage.stageName,
      apiMappingKey: basePath.slice(1),
    });
    mapping.node.addDependency(this);
  }

  private requireName({ domainName, hostedZone }: ApiDomainProps): string {
    if (!DOMAIN_NAME.test(domainName)) {
      throw new Error(
        `${this.node.path}: 'domainName' must be ${DOMAIN_NAME_ALLOWED}, got '${domainName}'; use a name such as 'ai.example.eu'`,
      );
    }
    if (hostedZone !== undefined && !isInZone(domainName, hostedZone.zoneName)) {
      throw new Error(
        `${this.node.path}: 'domainName' must be in ${hostedZone.zoneName}, the zone of its record, because a zone serves only its own ` +
          `names, got '${domainName}'; pass the zone of the name, or leave out 'hostedZone' and create a CNAME record yourself`,
      );
    }
    return domainName;
  }
}
