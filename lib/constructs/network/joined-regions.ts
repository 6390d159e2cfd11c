import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Token } from 'aws-cdk-lib/core';
import { overlap } from '../../boundary/network-range';

/** How a foundation's network reaches Bedrock in other Regions, as registered by its regional endpoints. */
export class JoinedRegions {
  /**
   * The resources that join the foundation's VPC to the endpoints' VPCs, on either side: the only other egress that the
   * app may define.
   */
  public readonly joins = new Set<CfnResource>();

  private readonly ranges = new Map<string, string>();
  private readonly routed = new Set<string>();

  /** Whether a Region has an endpoint. */
  public has(region: string): boolean {
    return this.ranges.has(region);
  }

  /** The endpoint whose range overlaps another; none if there is none. Routes could lead to one of the two only. */
  public overlapping(range: string): string | undefined {
    const [region, other] = [...this.ranges].find(([, candidate]) => overlap(range, candidate)) ?? [];
    return region && `the range of the endpoint in ${region}, ${other}`;
  }

  /** Registers the endpoint of a Region. */
  public add(region: string, range: string, ...joins: CfnResource[]): void {
    this.ranges.set(region, range);
    for (const join of joins) this.joins.add(join);
  }

  /** Registers a route from the foundation's network to the endpoint of a Region. */
  public route(region: string, ...joins: CfnResource[]): void {
    this.routed.add(region);
    for (const join of joins) this.joins.add(join);
  }

  /** The resources that these Regions still need before they can be called, as messages. */
  public missing(foundation: string, regions: readonly string[]): string[] {
    return regions.flatMap((region) => {
      const problem = `a destination is called in ${region}, but the network of ${foundation} has no route to it`;
      if (!this.has(region)) {
        return [
          `${problem}; add a RegionalEndpoint in a stack in ${region}, with RegionalRoutes to it, or call the destination in the ` +
            "foundation's own Region",
        ];
      }
      return this.routed.has(region)
        ? []
        : [`${problem} because its RegionalEndpoint has no routes; add it to RegionalRoutes`];
    });
  }
}

/** The range of a VPC, if the app knows it: from its definition or its import. */
export function rangeOf(vpc: ec2.IVpc): string | undefined {
  const defined = vpc.node.defaultChild;
  const range = CfnResource.isCfnResource(defined) ? (defined as ec2.CfnVPC).cidrBlock : importedRange(vpc);
  return range === undefined || Token.isUnresolved(range) ? undefined : range;
}

/** CDK throws if a VPC was imported without its range. */
function importedRange(vpc: ec2.IVpc): string | undefined {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return undefined;
  }
}
