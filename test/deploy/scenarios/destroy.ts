import assert from 'node:assert/strict';
import { ListStacksCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { Cdk } from '../harness/cdk';
import type { Resource } from '../harness/deployed';
import { CHECK_RESULTS, type Context, KEY_SETS, WORKSPACE } from '../read-back/context';
import type { Data } from './data';
import { hasPolicy, PROBES } from './exists';

/** Types that store content, or decrypt it or admit users to it. */
const STORES = ['AWS::Cognito::UserPool', 'AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key', 'AWS::S3::Bucket'];

/** Resources that the templates retain still exist, with their data and keys; the others are gone. */
export async function destroy(
  { report, aws, deployed }: Context,
  cdk: Cdk,
  data: Data,
  assembly: string,
): Promise<void> {
  await report.check('every table, bucket, key and user pool is set to be retained', () => {
    const replaceable = [CHECK_RESULTS, KEY_SETS, `${WORKSPACE}/KeyRequests`];
    const stores = deployed.resources.filter(
      ({ type, path }) => STORES.includes(type) && !replaceable.some((under) => path.startsWith(under)),
    );
    assert.deepEqual(
      stores.filter(({ retained }) => !retained).map(({ path }) => path),
      [],
    );
    return `${stores.length}`;
  });
  await Promise.all(
    deployed.stacks.map((stack) =>
      report.check(`cdk destroy ${stack} is refused because the stack is protected`, async () => {
        assert.match(await cdk.failToDestroy(assembly, stack), /[Tt]ermination ?[Pp]rotection/);
      }),
    ),
  );
  for (const StackName of deployed.stacks) {
    const unprotected = { StackName, EnableTerminationProtection: false };
    await aws.cloudFormation.send(new UpdateTerminationProtectionCommand(unprotected));
  }
  await report.check('cdk destroy exemple-foundation is refused while tenant stacks use it', async () => {
    assert.match(await cdk.failToDestroy(assembly, 'exemple-foundation'), /[Ee]xport/);
  });
  await report.require(
    'cdk destroy --all succeeds without the protection',
    () => cdk.destroy(assembly),
    () => '',
  );
  await report.check('the only remaining stack is the one of cdk bootstrap', async () => {
    const { StackSummaries } = await aws.cloudFormation.send(new ListStacksCommand({}));
    const remaining = StackSummaries?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    assert.deepEqual(
      remaining?.map(({ StackName }) => StackName),
      ['CDKToolkit'],
    );
  });

  const probed = deployed.resources.filter(({ type }) => type in PROBES);
  const exists = (resource: Resource) => PROBES[resource.type]?.(aws, resource);
  for (const type of Object.keys(PROBES).sort()) {
    const [retained, deleted] = [true, false].map((isRetained) =>
      probed.filter((one) => one.type === type && one.retained === isRetained),
    );
    for (const [state, resources = []] of [
      ['retained', retained],
      ['deleted', deleted],
    ] as const) {
      if (resources.length === 0) continue;
      await report.check(`${type}: ${state}`, async () => {
        for (const resource of resources) assert.equal(await exists(resource), state === 'retained', resource.path);
        return `${resources.length}`;
      });
    }
  }
  await report.check("the stored data is still there, under the workspace's key", () => data.requireIntact());
  await report.check('the table is protected against accidental deletion', async () => {
    const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
    await assert.rejects(aws.dynamodb.send(new DeleteTableCommand({ TableName })), /protected against deletion/);
  });
  for (const { path, physicalId } of deployed.ofType('AWS::S3::Bucket')) {
    await report.check(`${path}: the retained bucket still has its policy`, async () => {
      assert.ok(
        await hasPolicy(aws, physicalId),
        'the policy was deleted with the stack, so TLS and keys are no longer enforced',
      );
    });
  }
}
