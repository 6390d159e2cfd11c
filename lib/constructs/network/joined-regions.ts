import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Token } from 'aws-cdk-lib/core';
import { overlap } from '../../boundary/network-range';

/** How a foundation's network reaches Bedrock in other Regions than its own: what its regional endpoints have told it. */
export class JoinedRegions {
  /** What joins the foundation's VPC to theirs, on either side: the only ways out of it that the app may have. */
  public readonly joins = new Set<CfnResource>();

  private readonly ranges = new Map<string, string>();
  private readonly routed = new Set<string>();

  /** Whether a Region has an endpoint. */
  public has(region: string): boolean {
    return this.ranges.has(region);
  }

  /** Whose range has an address in common with another, if any has; routes could lead to one of the two only. */
  public overlapping(range: string): string | undefined {
    const [region, other] = [...this.ranges].find(([, candidate]) => overlap(range, candidate)) ?? [];
    return region && `that of the endpoint in ${region}, ${other}`;
  }

  /** A Region got an endpoint. */
  public add(region: string, range: string, ...joins: CfnResource[]): void {
    this.ranges.set(region, range);
    for (const join of joins) this.joins.add(join);
  }

  /** The foundation's network got a route to the endpoint of a Region. */
  public route(region: string, ...joins: CfnResource[]): void {
    this.routed.add(region);
    for (const join of joins) this.joins.add(join);
  }

  /** What is missing before these Regions can be called, as messages. */
  public missing(foundation: string, regions: readonly string[]): string[] {
    return regions.flatMap((region) => {
      const why = `a destination is called in ${region}, but the network of ${foundation} has no way there`;
      if (!this.has(region)) {
        return [
          `${why}; add a RegionalEndpoint in a stack of ${region}, with RegionalRoutes to it, or call the destination in the ` +
            "foundation's own Region",
        ];
      }
      return this.routed.has(region)
        ? []
        : [`${why}, as nothing routes to its RegionalEndpoint; name it in RegionalRoutes`];
    });
  }
}

/** The range of a VPC as far as the app knows it: what was written down, here or where the VPC is defined. */
export function rangeOf(vpc: ec2.IVpc): string | undefined {
  const made = vpc.node.defaultChild;
  const written = CfnResource.isCfnResource(made) ? (made as ec2.CfnVPC).cidrBlock : importedRange(vpc);
  return written === undefined || Token.isUnresolved(written) ? undefined : written;
}

/** CDK throws when an imported VPC was given none. */
function importedRange(vpc: ec2.IVpc): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}
