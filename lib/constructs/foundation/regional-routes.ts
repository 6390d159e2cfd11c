import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acrossRegions } from '../shared/across-regions';
import type { Foundation } from './foundation';
import type { RegionalEndpoint } from './regional-endpoint';

/** Construction properties for RegionalRoutes. */
export interface RegionalRoutesProps {
  /** The foundation whose network gets the routes. */
  readonly foundation: Foundation;

  /** The targets of the routes: endpoints of the same foundation. */
  readonly endpoints: RegionalEndpoint[];
}

/**
 * Routes from a foundation's network to its regional endpoints. They need their own stack in the foundation's Region,
 * because the foundation is deployed before the endpoints, and the endpoints before the routes.
 */
export class RegionalRoutes extends Construct {
  /** @throws if the stack is the foundation's or in another Region, or an endpoint belongs to another foundation */
  constructor(scope: Construct, id: string, props: RegionalRoutesProps) {
    super(scope, id);
    const { foundation, endpoints } = props;
    const theirs = Stack.of(foundation);
    const own = Stack.of(this);
    if (own === theirs || own.region !== theirs.region) {
      throw new Error(
        `${this.node.path} must be in another stack than ${theirs.stackName}, in ${theirs.region}, because the endpoints are ` +
          `deployed between the two, got ${own === theirs ? 'the same stack' : `a stack in '${own.region}'`}; define another stack for it`,
      );
    }
    // Subnets may share a route table.
    const tables = new Set(foundation.vpc.isolatedSubnets.map(({ routeTable }) => routeTable.routeTableId));
    for (const endpoint of endpoints) {
      if (endpoint.foundation !== foundation) {
        throw new Error(
          `${this.node.path}: 'endpoints' must belong to ${foundation.node.path} because only its network is peered with theirs, got ` +
            `${endpoint.node.path} of ${endpoint.foundation.node.path}; define an endpoint for each foundation`,
        );
      }
      const { region, addressRange, peeringConnectionId } = endpoint;
      const peering = acrossRegions(peeringConnectionId);
      const routes = [...tables].map(
        (routeTableId, index) =>
          new ec2.CfnRoute(this, `${region}-${index}`, {
            // A weak reference, so that the foundation can be deployed after this stack has been removed from the app.
            routeTableId: acrossRegions(routeTableId),
            destinationCidrBlock: addressRange,
            vpcPeeringConnectionId: peering,
          }),
      );
      foundation._joined.route(region, ...routes);
    }
  }
}
