import assert from 'node:assert/strict';
import { DescribeTableCommand, GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CopyObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { Aws } from '../harness/aws';
import type { Deployed } from '../harness/deployed';
import { type Context, WORKSPACE } from '../read-back/context';
import type { DeployedApis } from './deployed-apis';
import { subOf } from './members';
import { RECOVERY, REPLICA, runDrillCommand } from './recovery';
import { sameIdentities } from './same-identities';
import type { StoredContent } from './stored-content';

/** Recovery that is enabled in a deployment with content: nothing is replaced, and earlier content reaches the replica too. */
export async function laterRecovery(
  context: Context,
  apis: DeployedApis,
  content: StoredContent,
  before: Deployed,
  config: string,
): Promise<void> {
  const { report, aws, deployed } = context;
  const there = new Aws(aws.endpoint, RECOVERY);
  const user = subOf(apis.tokens.member);
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  const Source = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
  const Replica = deployed.one('AWS::S3::Bucket', REPLICA).physicalId;

  await report.check('nothing was replaced', () => {
    const changed = sameIdentities(before, deployed, []);
    return `${before.resources.length - changed.length} resources`;
  });
  await apis.inOtherProcesses(async (updated) => {
    await report.check('everything that was stored before opens', () => content.requireOpen(updated));
    await report.require('more is stored', () => content.write('with recovery', updated));
  });
  await report.check('the table has a replica in the recovery Region, with the earlier rows too', async () => {
    const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
    assert.ok(Table?.Replicas?.some(({ RegionName }) => RegionName === RECOVERY));
    const [here, copied] = [await rowsOf(aws, TableName), await rowsOf(there, TableName)];
    assert.deepEqual(copied, here);
    return `${here.length} rows`;
  });
  await report.check('S3 replicated only the objects since then, as OPERATIONS says', async () => {
    const [here, copied] = [await objectsOf(aws, Source), await objectsOf(there, Replica)];
    assert.ok(copied.length > 0 && copied.length < here.length, `${copied.length} of ${here.length}`);
    return `${copied.length} of ${here.length}`;
  });
  await report.require('the earlier objects are copied, as the batch job of OPERATIONS does', async () => {
    const copied = new Set(await objectsOf(there, Replica));
    for (const Key of await objectsOf(aws, Source)) {
      if (copied.has(Key)) continue;
      const CopySource = `${Source}/${Key}`;
      await there.s3.send(new CopyObjectCommand({ Bucket: Replica, Key, CopySource, TaggingDirective: 'COPY' }));
    }
    assert.deepEqual(await objectsOf(there, Replica), await objectsOf(aws, Source));
  });
  await report.check("the scheduled function copies the earlier member's key", async () => {
    const FunctionName = deployed.one('AWS::Lambda::Function', `${WORKSPACE}/RecoveryKeys/Copy`).physicalId;
    const { FunctionError, Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
    const { Item } = await there.dynamodb.send(
      new GetItemCommand({
        TableName: deployed.one('AWS::DynamoDB::GlobalTable', `${REPLICA}/BranchKeys`).physicalId,
        Key: { 'branch-key-id': { S: `sciences/${user}` }, type: { S: 'branch:ACTIVE' } },
      }),
    );
    assert.ok(Item);
  });
  await report.check('`eu-residency drill` decrypts everything in the recovery Region', () =>
    runDrillCommand(aws.endpoint, config),
  );
}

/** The keys of all rows of the members, sorted. */
async function rowsOf({ dynamodb }: Aws, TableName: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName }))
    rows.push(...Items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`));
  return rows.sort();
}

async function objectsOf({ s3 }: Aws, Bucket: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'content/' }));
  return Contents.map(({ Key = '' }) => Key).sort();
}
