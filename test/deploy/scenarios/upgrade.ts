import assert from 'node:assert/strict';
import { paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai } from '../api-gateway/client';
import type { Cdk } from '../harness/cdk';
import { Deployed } from '../harness/deployed';
import { type Context, FOUNDATION } from '../read-back/context';
import { Data } from './data';
import type { DeployedApis } from './deployed-apis';
import { failedUpdate } from './failed-update';
import { sameIdentities } from './same-identities';
import type { StoredContent } from './stored-content';
import { type BaseUrls, projectsOf, workspaceOf } from './tenants';

/** The resources that an upgrade from 0.1.0 deletes or creates again under another logical id. No other may change its identity. */
const CHANGED = [
  'AWS::ApiGateway::Deployment',
  'AWS::CDK::Metadata',
  'AWS::EC2::VPCEndpoint',
  'Custom::DestinationCheck',
];

/** The assemblies of 0.1.0's sample, and of today's code for the same configuration. */
export interface Assemblies {
  readonly former: string;
  readonly today: string;
}

/**
 * Upgrades 0.1.0's deployment with content: an update that fails, the update, both versions at the same time, the return to 0.1.0, and the
 * update again.
 */
export async function upgrade(
  context: Context,
  cdk: Cdk,
  apis: DeployedApis,
  { former, today }: Assemblies,
  baseUrls: BaseUrls,
  content: StoredContent,
): Promise<void> {
  const { report, aws, deployed } = context;
  const data = new Data(aws, deployed);
  const { apiGateway } = apis;
  const { functionName } = workspaceOf(context, apis, baseUrls);
  const versionOf = async (gateway: ApiGateway) => (await gateway.function(functionName)).codeSha256;

  await report.group('0.1.0 serves', async () => {
    await report.require('0.1.0 stores conversations and files', () => content.write('0.1.0', apiGateway));
    await report.require('rows and objects are stored for the comparison', () => data.store());
    await report.check('0.1.0 reads and continues them', () => content.requireOpen(apiGateway));
    await report.check("a project's key is served", () => projectIsServed(context, apis, apiGateway, baseUrls));
  });
  const version = await versionOf(apiGateway);

  await report.group('an update that fails', async () => {
    await report.require(
      'cdk deploy of the foundation',
      () => cdk.deploy(today, ['exemple-foundation']),
      () => '',
    );
    await failedUpdate(context, cdk, data, today);
    await apis.inOtherProcesses(async (after) => {
      await report.check('the functions are 0.1.0 again, and everything still opens', async () => {
        assert.equal(await versionOf(after), version);
        return content.requireOpen(after);
      });
    });
  });

  await report.group('the update', async () => {
    await report.require(
      'cdk deploy --all',
      () => cdk.deploy(today),
      () => '',
    );
    await report.check('only resources without content have another identity', async () =>
      identities(deployed, await Deployed.read(aws, today)),
    );
    await report.check('CloudFormation replaced nothing', () => nothingReplaced(context));
    await report.check('the stored data is still there', () => data.requireIntact());
  });

  await report.group('both versions at the same time', async () => {
    await apis.inOtherProcesses(async (updated) => {
      await report.check('the processes have different code', async () => {
        assert.notEqual(await versionOf(updated), version);
        assert.equal(await versionOf(apiGateway), version);
      });
      await report.check("the new functions read and continue 0.1.0's content", () => content.requireOpen(updated));
      await report.require('the new functions write', () => content.write('the update', updated));
      await report.require('0.1.0 still writes', () => content.write('0.1.0, after the update', apiGateway));
      await report.check('0.1.0 reads and continues what both wrote', () => content.requireOpen(apiGateway));
      await report.check('the new functions do too', () => content.requireOpen(updated));
      for (const gateway of [apiGateway, updated])
        await report.check("a project's key is served", () => projectIsServed(context, apis, gateway, baseUrls));
    });
  });

  await report.group('back to 0.1.0, and the update again', async () => {
    await report.require(
      'cdk deploy --all with 0.1.0',
      () => cdk.deploy(former),
      () => '',
    );
    await apis.inOtherProcesses(async (back) => {
      await report.check('0.1.0 opens everything', async () => {
        assert.equal(await versionOf(back), version);
        return content.requireOpen(back);
      });
    });
    await report.require(
      'cdk deploy --all with the update',
      () => cdk.deploy(today),
      () => '',
    );
    await apis.inOtherProcesses(async (again) => {
      await report.check('the new functions open everything', () => content.requireOpen(again));
    });
    await report.check('only resources without content have another identity', async () =>
      identities(deployed, await Deployed.read(aws, today)),
    );
    await report.check('the stored data is still there', () => data.requireIntact());
  });
}

/** Only one endpoint is among the resources that have another identity: no function used it. */
function identities(before: Deployed, after: Deployed): string {
  const changed = sameIdentities(before, after, CHANGED);
  const endpoints = changed.filter(({ type }) => type === 'AWS::EC2::VPCEndpoint').map(({ path }) => path);
  assert.deepEqual(endpoints, [`${FOUNDATION}/Endpoints/Logs/Resource`]);
  return `${before.resources.length - changed.length} of ${before.resources.length} resources are the same`;
}

/** CloudFormation announces each replacement in an event. */
export async function nothingReplaced({ aws, deployed }: Context): Promise<void> {
  for (const StackName of deployed.stacks) {
    for await (const page of paginateDescribeStackEvents({ client: aws.cloudFormation }, { StackName })) {
      const replaced = (page.StackEvents ?? []).filter(({ ResourceStatusReason = '' }) =>
        ResourceStatusReason.includes('requires the creation of a new physical resource'),
      );
      assert.deepEqual(
        replaced.map(({ LogicalResourceId }) => LogicalResourceId),
        [],
      );
    }
  }
}

/** A project of the sample retains nothing, so only its models are listed: the Regions of the simulated Bedrock aren't verified. */
export async function projectIsServed(
  context: Context,
  apis: DeployedApis,
  gateway: ApiGateway,
  baseUrls: BaseUrls,
): Promise<void> {
  const { baseUrl, caller } = projectsOf(context, apis, baseUrls);
  const { data } = await openai(baseUrl, gateway.port, caller).models.list();
  assert.deepEqual(
    data.map(({ id }) => id),
    ['assistant'],
  );
}
