import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { isRangeWithin } from '../../boundary/address';
import type { ServerDestination } from '../../boundary/server';
import type { Foundation } from './foundation';

/** Construction properties for a ServerAccess. */
export interface ServerAccessProps {
  readonly foundation: Foundation;
  readonly servers: readonly ServerDestination[];
}

/**
 * The access of one gateway to the servers of its models: a security group with one rule per range and port, and no
 * other egress.
 */
export class ServerAccess extends Construct {
  public readonly securityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, { foundation, servers }: ServerAccessProps) {
    super(scope, id);
    const { vpc, peeredRanges } = foundation;
    const own = ownRange(vpc);
    const group = new ec2.SecurityGroup(this, 'Resource', {
      vpc,
      description: 'What calls servers of models in this network; nothing calls it',
      allowAllOutbound: false,
    });
    for (const server of servers) {
      for (const range of server.addresses ?? []) {
        if (!isRangeWithin(range, [...own, ...peeredRanges])) {
          throw new Error(
            `${scope.node.path}: 'addresses' of '${server.id}' must be in the network of the gateway ` +
              `(${own.join(', ') || 'range unknown at synthesis'}) or in a network joined to it ` +
              `(${peeredRanges.join(', ') || 'none'}) because requests to a server must not leave these networks, got '${range}'; name ` +
              "ranges within these, or add the joined network's range to the foundation's 'peeredRanges'",
          );
        }
        const peer = range.includes(':') ? ec2.Peer.ipv6(range) : ec2.Peer.ipv4(range);
        group.addEgressRule(peer, ec2.Port.tcp(portOf(server)), `Server of ${server.modelId}`.slice(0, 255));
      }
    }
    this.securityGroup = group;
  }
}

const portOf = ({ baseUrl }: ServerDestination): number => {
  const { port, protocol } = new URL(baseUrl);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
};

/** The range of a VPC, if known at synthesis: from its definition or its import. */
function ownRange(vpc: ec2.IVpc): string[] {
  const defined = vpc.node.defaultChild;
  if (defined instanceof ec2.CfnVPC) {
    return defined.cidrBlock && !Token.isUnresolved(defined.cidrBlock) ? [defined.cidrBlock] : [];
  }
  try {
    return Token.isUnresolved(vpc.vpcCidrBlock) ? [] : [vpc.vpcCidrBlock];
  } catch {
    // CDK throws if a VPC was imported without its range.
    return [];
  }
}
