import assert from 'node:assert/strict';
import { ListStacksCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { Cdk } from '../machine/cdk';
import type { Resource } from '../machine/deployed';
import { type Context, KEY_SETS, READINGS, WORKSPACE } from '../read-back/context';
import type { Data } from './data';
import { hasPolicy, PROBES } from './exists';

/** What holds content, or opens it. */
const STORES = ['AWS::Cognito::UserPool', 'AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key', 'AWS::S3::Bucket'];

/** What the templates keep is kept, with its data and its key; what they don't is gone. */
export async function destroy(
  { report, aws, deployed }: Context,
  cdk: Cdk,
  data: Data,
  assembly: string,
): Promise<void> {
  await report.check('every table, bucket, key and user pool is to be kept', () => {
    const passing = [READINGS, KEY_SETS];
    const stores = deployed.resources.filter(
      ({ type, path }) => STORES.includes(type) && !passing.some((under) => path.startsWith(under)),
    );
    assert.deepEqual(
      stores.filter(({ kept }) => !kept).map(({ path }) => path),
      [],
    );
    return `${stores.length}`;
  });
  await Promise.all(
    deployed.stacks.map((stack) =>
      report.check(`cdk destroy ${stack} is refused: it is protected`, async () => {
        assert.match(await cdk.failToDestroy(assembly, stack), /[Tt]ermination ?[Pp]rotection/);
      }),
    ),
  );
  for (const StackName of deployed.stacks) {
    const lifted = { StackName, EnableTerminationProtection: false };
    await aws.cloudFormation.send(new UpdateTerminationProtectionCommand(lifted));
  }
  await report.check('cdk destroy exemple-foundation is refused while tenants use it', async () => {
    assert.match(await cdk.failToDestroy(assembly, 'exemple-foundation'), /[Ee]xport/);
  });
  await report.require(
    'cdk destroy --all, with the protection lifted',
    () => cdk.destroy(assembly),
    () => '',
  );
  await report.check('no stack is left but that of cdk bootstrap', async () => {
    const { StackSummaries } = await aws.cloudFormation.send(new ListStacksCommand({}));
    const left = StackSummaries?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    assert.deepEqual(
      left?.map(({ StackName }) => StackName),
      ['CDKToolkit'],
    );
  });

  const askable = deployed.resources.filter(({ type }) => type in PROBES);
  const exists = (resource: Resource) => PROBES[resource.type]?.(aws, resource);
  for (const type of Object.keys(PROBES).sort()) {
    const [kept, gone] = [true, false].map((is) => askable.filter((one) => one.type === type && one.kept === is));
    for (const [is, resources = []] of [
      ['kept', kept],
      ['gone', gone],
    ] as const) {
      if (resources.length === 0) continue;
      await report.check(`${is}: ${type}`, async () => {
        for (const resource of resources) assert.equal(await exists(resource), is === 'kept', resource.path);
        return `${resources.length}`;
      });
    }
  }
  await report.check('what was stored is still there, under the key of the workspace', () => data.isThere());
  await report.check('the table can’t be deleted by a slip', async () => {
    const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
    await assert.rejects(aws.dynamodb.send(new DeleteTableCommand({ TableName })), /protected against deletion/);
  });
  for (const { path, physicalId } of deployed.ofType('AWS::S3::Bucket')) {
    await report.check(`${path}: the bucket that is kept keeps its policy`, async () => {
      assert.ok(
        await hasPolicy(aws, physicalId),
        'the policy went with the stack: TLS and keys are no longer enforced',
      );
    });
  }
}
