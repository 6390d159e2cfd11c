import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acrossRegions } from '../shared/across-regions';
import type { Foundation } from './foundation';
import type { RegionalEndpoint } from './regional-endpoint';

/** Construction properties for RegionalRoutes. */
export interface RegionalRoutesProps {
  /** Whose network gets the routes. */
  readonly foundation: Foundation;

  /** Where they lead: endpoints that were made for the foundation. */
  readonly endpoints: RegionalEndpoint[];
}

/**
 * Routes of a foundation's network to its regional endpoints. They are in a stack of their own, in the foundation's Region:
 * the foundation comes before the endpoints, which come before the routes.
 */
export class RegionalRoutes extends Construct {
  constructor(scope: Construct, id: string, props: RegionalRoutesProps) {
    super(scope, id);
    const { foundation, endpoints } = props;
    const theirs = Stack.of(foundation);
    const own = Stack.of(this);
    if (own === theirs || own.region !== theirs.region) {
      throw new Error(
        `${this.node.path} must be in another stack than ${theirs.stackName}, in ${theirs.region}, because the endpoints come ` +
          `between the two, got ${own === theirs ? 'the same stack' : `a stack in '${own.region}'`}; make a stack for it`,
      );
    }
    // Subnets may share one.
    const tables = new Set(foundation.vpc.isolatedSubnets.map(({ routeTable }) => routeTable.routeTableId));
    for (const endpoint of endpoints) {
      if (endpoint.foundation !== foundation) {
        throw new Error(
          `${this.node.path}: 'endpoints' must be made for ${foundation.node.path}, whose network is peered with theirs, got ` +
            `${endpoint.node.path} of ${endpoint.foundation.node.path}; make one for each foundation`,
        );
      }
      const { region, addressRange, peeringConnectionId } = endpoint;
      const peering = acrossRegions(peeringConnectionId);
      const routes = [...tables].map(
        (routeTableId, index) =>
          new ec2.CfnRoute(this, `${region}-${index}`, {
            // Weakly, so that the foundation can be deployed once this stack is out of the app.
            routeTableId: acrossRegions(routeTableId),
            destinationCidrBlock: addressRange,
            vpcPeeringConnectionId: peering,
          }),
      );
      foundation._joined.route(region, ...routes);
    }
  }
}
