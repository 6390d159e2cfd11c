import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as firewall from 'aws-cdk-lib/aws-networkfirewall';
import { Fn, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceLogs } from './service-logs';

/** Construction properties for a ZoneFirewall. */
export interface ZoneFirewallProps {
  readonly vpc: ec2.IVpc;
  /** The subnet of the endpoint. */
  readonly subnet: ec2.ISubnet;
  readonly policy: firewall.CfnFirewallPolicy;
  readonly logs: ServiceLogs;
}

/**
 * The firewall of one zone, with its only endpoint there.
 *
 * A firewall with endpoints in several zones returns their IDs in no particular order, so a template can't tell which is in which zone
 * (github.com/aws-cloudformation/aws-cloudformation-resource-providers-networkfirewall/issues/15). A firewall for each zone has one.
 */
export class ZoneFirewall extends Construct {
  /** The endpoint that routes of this zone target. */
  public readonly endpointId: string;

  constructor(scope: Construct, id: string, props: ZoneFirewallProps) {
    super(scope, id);
    const resource = new firewall.CfnFirewall(this, 'Resource', {
      firewallName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: 'Egress of one zone',
      vpcId: props.vpc.vpcId,
      subnetMappings: [{ subnetId: props.subnet.subnetId, ipAddressType: 'IPV4' }],
      firewallPolicyArn: props.policy.attrFirewallPolicyArn,
    });
    // 'eu-central-1a:vpce-0123'
    this.endpointId = Fn.select(1, Fn.split(':', Fn.select(0, resource.attrEndpointIds)));
    new firewall.CfnLoggingConfiguration(this, 'Logging', {
      firewallArn: resource.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: ['ALERT', 'FLOW'].map((logType) => ({
          logType,
          logDestinationType: 'CloudWatchLogs',
          logDestination: { logGroup: props.logs.firewalls.logGroupName },
        })),
      },
    }).node.addDependency(props.logs.policy);
  }
}
