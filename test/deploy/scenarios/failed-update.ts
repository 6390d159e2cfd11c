import assert from 'node:assert/strict';
import { DescribeStacksCommand, paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../harness/aws';
import type { Cdk } from '../harness/cdk';
import { patched, refused } from '../harness/patched';
import type { Context } from '../read-back/context';
import type { Data } from './data';
import { state } from './state';

const STACK = 'exemple-workspace-sciences';

/** An update changes a lifecycle and a role, then fails at a resource that AWS refuses. Afterwards, everything is as before. */
export async function failedUpdate(
  context: Context,
  cdk: Cdk,
  data: Pick<Data, 'requireIntact'>,
  assembly: string,
): Promise<void> {
  const { report, aws, deployed } = context;
  const before = await state(aws, deployed);
  const earlier = (await events(aws)).length;
  const since = async () => (await events(aws)).slice(0, -earlier);
  await report.require('cdk deploy of a broken update fails', async () => {
    const output = await cdk.failToDeploy(broken(assembly), STACK);
    assert.match(output, /UPDATE_ROLLBACK_COMPLETE|reserved alias\/aws\//);
  });
  await report.check('the stack is in UPDATE_ROLLBACK_COMPLETE, with the reason', async () => {
    const { Stacks } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
    assert.equal(Stacks?.[0]?.StackStatus, 'UPDATE_ROLLBACK_COMPLETE');
    const failed = (await since()).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    assert.deepEqual([...new Set(failed.map(({ LogicalResourceId }) => LogicalResourceId))], ['Refused']);
    return failed[0]?.ResourceStatusReason;
  });
  await report.check('the bucket and the role had been updated before the failure', async () => {
    const newEvents = await since();
    for (const type of ['AWS::S3::Bucket', 'AWS::IAM::Policy']) {
      const changed = newEvents.some(
        (event) => event.ResourceType === type && event.ResourceStatus === 'UPDATE_COMPLETE',
      );
      assert.ok(changed, `${type} was never updated`);
    }
  });
  await report.check('the state afterwards equals the state before', async () => {
    const after = await state(aws, deployed);
    for (const [part, value] of Object.entries(before)) assert.deepEqual(after[part], value, part);
    return Object.keys(before).join(', ');
  });
  await report.check('the stored data is still there', () => data.requireIntact());
}

/** The stack's events, newest first. */
async function events(aws: Aws): Promise<StackEvent[]> {
  const all: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client: aws.cloudFormation }, { StackName: STACK }))
    all.push(...(page.StackEvents ?? []));
  return all;
}

/** A copy of an assembly with a workspace that can't be deployed. */
const broken = (assembly: string): string =>
  patched(assembly, 'assembly-broken', STACK, ({ Resources }) => {
    const of = (type: string) => {
      const found = Object.entries(Resources).find(([, resource]) => resource.Type === type);
      if (!found) throw new Error(`${STACK} has no ${type}`);
      return found;
    };
    const [bucketId, bucket] = of('AWS::S3::Bucket');
    const [policyId, policy] = of('AWS::IAM::Policy');
    bucket.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays = 1;
    policy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const [keyId] = of('AWS::KMS::Key');
    Resources.Refused = refused(keyId, [bucketId, policyId]);
  });
