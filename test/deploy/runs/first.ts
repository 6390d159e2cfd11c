import assert from 'node:assert/strict';
import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { Aws } from '../harness/aws';
import { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { DeployedApis } from '../scenarios/deployed-apis';
import { firstDeployment } from '../scenarios/first-deployment';
import { ownNetwork } from '../scenarios/own-network';
import { StoredContent } from '../scenarios/stored-content';
import { baseUrlsOf } from '../scenarios/tenants';
import { REGION, type RunContext } from './run';

/** First deployments into the owner's own network that AWS or our check refuses, each repeated with two commands. */
export async function firstRun({ report, emulator, tools }: RunContext): Promise<void> {
  const aws = new Aws(emulator.url, REGION);
  const cdk = new Cdk(emulator.url, REGION);
  report.section('prepare');
  await report.require('cdk bootstrap', async () => void (await cdk.bootstrap(ACCOUNT)));
  const network = await report.require(
    "the owner's VPC exists, with endpoints of S3 and DynamoDB",
    () => ownNetwork(aws),
    ({ vpc }) => vpc,
  );
  const { assembly, outputs } = await firstDeployment(report, aws, cdk, network);

  report.section("in the owner's network");
  const context = { report, aws, deployed: await Deployed.read(aws, assembly) };
  await report.check("the VPC has one endpoint of each service, and two of them are the deployment's", async () => {
    const { VpcEndpoints = [] } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
    const services = VpcEndpoints.filter(({ VpcId }) => VpcId === network.vpc).map(({ ServiceName }) =>
      ServiceName?.split('.').at(-1),
    );
    assert.deepEqual(services.sort(), ['bedrock-runtime', 'dynamodb', 'kms', 's3']);
    assert.equal(context.deployed.ofType('AWS::EC2::VPCEndpoint').length, 2);
    assert.equal(context.deployed.ofType('AWS::EC2::VPC').length, 0);
  });
  const apis = await DeployedApis.start(context, tools);
  try {
    const content = new StoredContent(context, apis, baseUrlsOf(outputs));
    await report.check('the functions store content through these endpoints, and read it back', async () => {
      await content.write('the sample', apis.apiGateway);
      await content.requireOpen(apis.apiGateway);
    });
  } finally {
    await apis.stop();
  }
}
