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
  /** Where requests may enter. */
  readonly boundary: ResidencyBoundary;

  /** The name of the host, such as `ai.example.eu`, in lower case. Certificates and DNS tell it to everybody. */
  readonly domainName: string;

  /** A certificate of ACM for that name, in the Region of the stack. */
  readonly certificate: acm.ICertificate;

  /**
   * The hosted zone of Route 53 in which the name gets an alias record. Route 53 has no Region: it keeps and answers its records
   * worldwide. They hold names, and nothing of a request.
   *
   * @default - none: whoever keeps the name's zone sets a CNAME record to `target`
   */
  readonly hostedZone?: route53.IHostedZone;
}

/**
 * A regional host name of one's own, under which the APIs of projects and workspaces are: `https://NAME/projects/v1` and
 * `https://NAME/workspaces/ID/v1`. They then have no other: API Gateway's own name for each answers 403.
 */
export class ApiDomain extends Construct {
  /** The name of the host. */
  public readonly domainName: string;

  /** What a CNAME record of the name leads to: the host that API Gateway has for it in the Region. */
  public readonly target: string;

  /** The hosted zone of `target`, which an alias record in a zone of another account names. */
  public readonly targetHostedZoneId: string;

  private readonly basePaths = new Set<string>();

  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { boundary, certificate, hostedZone } = props;
    const own = requireInside(this, boundary, 'requests enter there');
    this.domainName = this.requireName(props);
    const theirs = requireArnInside(this, boundary, 'certificate', certificate.certificateArn, certificate);
    if (theirs !== own) {
      throw new Error(
        `${this.node.path}: 'certificate' must be in ${own}, the Region of its stack, because a regional domain takes no other, ` +
          `got one in '${theirs}'; request one in ${own}`,
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
   * Leads a path of the domain to an API, whose stack may be another one of the same Region. The name isn't imported from stack to
   * stack: an export that is in use could not be changed.
   *
   * @internal
   */
  public _lead(scope: Construct, stage: apigateway.Stage, basePath: string): void {
    const [own, theirs] = [Stack.of(this), Stack.of(scope)];
    if (own.region !== theirs.region || own.account !== theirs.account) {
      throw new Error(
        `${scope.node.path}: 'domain' must be in ${theirs.region}, the Region of its stack, and in its account, because a regional domain ` +
          `leads to no API of another, got ${this.node.path} in ${own.region}; make an ApiDomain there`,
      );
    }
    if (this.basePaths.has(basePath)) {
      throw new Error(
        `${scope.node.path}: 'domain' can lead ${basePath} to one API only, and ${this.node.path} leads it to another already; give one ` +
          'of them another domain, or another id',
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
      throw new Error(`${this.node.path}: 'domainName' must be ${DOMAIN_NAME_ALLOWED}, got '${domainName}'`);
    }
    if (hostedZone !== undefined && !isInZone(domainName, hostedZone.zoneName)) {
      throw new Error(
        `${this.node.path}: 'domainName' must be in the zone that its record is made in, ${hostedZone.zoneName}, got '${domainName}'; ` +
          "give the zone of the name, or leave 'hostedZone' out and set a CNAME record yourself",
      );
    }
    return domainName;
  }
}
