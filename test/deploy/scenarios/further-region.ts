import assert from 'node:assert/strict';
import {
  DescribeRouteTablesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { Aws } from '../harness/aws';
import type { Context } from '../read-back/context';

/** The Region that serves a destination besides the primary one. */
export const FURTHER = 'eu-north-1';

const [NETWORK, ROUTES] = [`exemple-bedrock-${FURTHER}`, 'exemple-bedrock-routes'];

/** The network of a further Region: its endpoint, and the way there from the primary Region. Nothing travels on it here. */
export async function furtherRegion({ report, aws, deployed }: Context): Promise<void> {
  const there = new Aws(aws.endpoint, FURTHER);
  const peering = deployed.one('AWS::EC2::VPCPeeringConnection', NETWORK).physicalId;
  await report.check('the VPCs of both Regions are peered, and the connection is active in both', async () => {
    for (const { ec2 } of [aws, there]) {
      const found = await ec2.send(new DescribeVpcPeeringConnectionsCommand({ VpcPeeringConnectionIds: [peering] }));
      const [connection] = found.VpcPeeringConnections ?? [];
      assert.equal(connection?.Status?.Code, 'active');
      const [from, to] = [connection?.RequesterVpcInfo, connection?.AccepterVpcInfo];
      assert.deepEqual([from?.Region, to?.Region], [FURTHER, 'eu-central-1']);
    }
  });
  await report.check('each Region routes to the subnets of the other, and nowhere else', async () => {
    for (const { ec2 } of [aws, there]) {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
      const routes = RouteTables.flatMap(({ Routes = [] }) => Routes).filter((one) => one.VpcPeeringConnectionId);
      assert.ok(routes.length >= 2);
      for (const route of routes) {
        assert.equal(route.VpcPeeringConnectionId, peering);
        assert.match(route.DestinationCidrBlock ?? '', /^10\.\d+\.\d+\.0\/\d+$/);
      }
    }
    return `${deployed.resources.filter(({ stack, type }) => stack === ROUTES && type === 'AWS::EC2::Route').length} routes back`;
  });
  await report.check(
    'the only endpoint there is that of Bedrock, and its policy admits only the declared model',
    async () => {
      const { VpcEndpoints = [] } = await there.ec2.send(new DescribeVpcEndpointsCommand({}));
      assert.deepEqual(
        VpcEndpoints.map(({ ServiceName }) => ServiceName),
        [`com.amazonaws.${FURTHER}.bedrock-runtime`],
      );
      assert.match(VpcEndpoints[0]?.PolicyDocument ?? '', /foundation-model\/openai\.gpt-oss-120b-1:0/);
    },
  );
}
