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

/** The way from one gateway to the servers of its models, and to nothing else: a security group with a rule for each range and port. */
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
            `${scope.node.path}: the addresses of '${server.id}' must be of the network that the gateway runs in ` +
              `(${own.join(', ') || 'its range is not known at synthesis'}), or of one that it is joined to ` +
              `(${peeredRanges.join(', ') || 'none'}), got '${range}'; name ranges within these, or the joined network's in the ` +
              "'peeredRanges' of the foundation",
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

/** The range of a VPC, where synthesis knows it: as it was made here, or as its importer said it. */
function ownRange(vpc: ec2.IVpc): string[] {
  const made = vpc.node.defaultChild;
  if (made instanceof ec2.CfnVPC) return made.cidrBlock && !Token.isUnresolved(made.cidrBlock) ? [made.cidrBlock] : [];
  try {
    return Token.isUnresolved(vpc.vpcCidrBlock) ? [] : [vpc.vpcCidrBlock];
  } catch {
    // A VPC that was imported without its range throws when it is asked.
    return [];
  }
}
