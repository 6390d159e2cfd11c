import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { EgressHost } from './egress-host';
import type { ServiceLogs } from './service-logs';

/** Construction properties for a NameResolution. */
export interface NameResolutionProps {
  readonly vpcId: string;
  /** The hosts whose names resolve. */
  readonly hosts: readonly EgressHost[];
  /** The names of endpoints in the VPC. DNS Firewall blocks them like any other name. */
  readonly endpoints: readonly string[];
  readonly logs: ServiceLogs;
}

/**
 * Lets the resolver of a VPC answer for the IPv4 addresses of these hosts and endpoints, and for nothing else, and logs each query. So a query can't
 * carry content to a server of names either.
 */
export class NameResolution extends Construct {
  constructor(scope: Construct, id: string, { vpcId, hosts, endpoints, logs }: NameResolutionProps) {
    super(scope, id);
    const listed = new resolver.CfnFirewallDomainList(this, 'Listed', {
      domains: [...hosts.map(({ name }) => name), ...endpoints],
    });
    const accepted = hosts.filter(({ reason }) => reason !== undefined).map(({ name, reason }) => [name, reason]);
    if (accepted.length > 0) listed.addMetadata('Accepted', Object.fromEntries(accepted));
    const all = new resolver.CfnFirewallDomainList(this, 'All', { domains: ['*'] });
    const rules = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      firewallRules: [
        {
          priority: 10,
          action: 'ALLOW',
          firewallDomainListId: listed.attrId,
          // A records only: an HTTPS record would bring the keys of Encrypted Client Hello, and the VPC has no IPv6.
          qtype: 'A',
          // The provider of a listed name decides to which names it is an alias.
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        { priority: 20, action: 'BLOCK', blockResponse: 'NODATA', firewallDomainListId: all.attrId },
      ],
    });
    // The resolver must never answer while the rules can't be evaluated, nor before they exist. CDK's lowest supported version may lack
    // the class of this type.
    const config = new CfnResource(this, 'Config', {
      type: 'AWS::Route53Resolver::FirewallConfig',
      properties: { ResourceId: vpcId, FirewallFailOpen: 'DISABLED' },
    });
    new resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: rules.attrId,
      vpcId,
      priority: 101,
    }).node.addDependency(config);

    const logging = new resolver.CfnResolverQueryLoggingConfig(this, 'QueryLogging', {
      destinationArn: logs.queries.logGroupArn,
    });
    logging.node.addDependency(logs.policy);
    new resolver.CfnResolverQueryLoggingConfigAssociation(this, 'QueryLoggingOfVpc', {
      resourceId: vpcId,
      resolverQueryLogConfigId: logging.attrId,
    });
  }
}
