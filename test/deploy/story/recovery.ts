import assert from 'node:assert/strict';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  GetItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GetKeyRotationStatusCommand,
} from '@aws-sdk/client-kms';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  GetBucketLocationCommand,
  GetBucketReplicationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { runDrill } from '@/lib/cli/run/run-drill';
import { openai } from '../front/client';
import { Aws } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { environment } from '../machine/environment';
import { arnOfKey } from '../read-back/arn';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import { subOf } from './members';
import { certificates } from './rights';
import type { Served } from './served';
import { type BaseUrls, workspaceOf } from './tenants';
import { tended, timePasses } from './time-passes';

export const RECOVERY = 'eu-west-1';

const REPLICA = 'exemple-recovery-workspace-sciences/Replica';

/** More than a row holds, so that an object is replicated too. */
const LONG = 'Doktorarbeit '.repeat(30_000);

/** Each workspace is kept a second time, in another Region and under that Region's key; an erasure reaches it there. */
export async function recovery(context: Context, served: Served, baseUrls: BaseUrls, config: string): Promise<void> {
  const { report, aws, deployed } = context;
  const there = new Aws(aws.endpoint, RECOVERY);
  const { front, tokens } = served;
  const { baseUrl, caller } = workspaceOf(context, served, baseUrls);
  const user = subOf(tokens.member);
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  const BranchKeys = deployed.one('AWS::DynamoDB::GlobalTable', `${REPLICA}/BranchKeys`).physicalId;
  const Bucket = deployed.one('AWS::S3::Bucket', REPLICA).physicalId;
  const key = `arn:aws:kms:${RECOVERY}:${ACCOUNT}:key/${deployed.one('AWS::KMS::Key', REPLICA).physicalId}`;

  await report.check(`${REPLICA}: a key of ${RECOVERY} alone, that rotates`, async () => {
    const { KeyMetadata } = await there.kms.send(new DescribeKeyCommand({ KeyId: key }));
    assert.deepEqual([KeyMetadata?.KeyState, KeyMetadata?.MultiRegion], ['Enabled', false]);
    assert.equal((await there.kms.send(new GetKeyRotationStatusCommand({ KeyId: key }))).KeyRotationEnabled, true);
  });
  await report.check('the replica of the table: under that key, recoverable, protected', async () => {
    const { Table } = await there.dynamodb.send(new DescribeTableCommand({ TableName }));
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, key);
    assert.equal(Table?.DeletionProtectionEnabled, true);
    const { ContinuousBackupsDescription } = await there.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    assert.equal(recovery?.PointInTimeRecoveryStatus, 'ENABLED');
  });
  await report.check(
    `the replica of the bucket: in ${RECOVERY}, versioned, closed; content is replicated to it, under that key`,
    async () => {
      assert.equal((await there.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint, RECOVERY);
      assert.equal((await there.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
      const { PublicAccessBlockConfiguration } = await there.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      assert.ok(Object.values(PublicAccessBlockConfiguration ?? {}).every((blocks) => blocks));
      const source = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
      const { ReplicationConfiguration } = await aws.s3.send(new GetBucketReplicationCommand({ Bucket: source }));
      assert.deepEqual(
        ReplicationConfiguration?.Rules?.map(({ Status, Filter, Destination, DeleteMarkerReplication }) => [
          Status,
          Filter?.Prefix,
          Destination?.Bucket,
          Destination?.EncryptionConfiguration?.ReplicaKmsKeyID,
          DeleteMarkerReplication?.Status,
        ]),
        [['Enabled', 'content/', `arn:aws:s3:::${Bucket}`, key, 'Enabled']],
      );
    },
  );

  await report.require('a member keeps a conversation, and what a row is too small for', async () => {
    const client = openai(baseUrl, front.port, caller);
    await client.conversations.create({ items: [{ type: 'message', role: 'user', content: 'Wie heißt sie?' }] });
    await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
  });
  const rows = async () => {
    let count = 0;
    for await (const { Items = [] } of paginateScan({ client: there.dynamodb }, { TableName }))
      count += Items.filter(({ pk }) => pk?.S === `user#${user}`).length;
    return count;
  };
  const versions = async () => {
    const { Versions = [], DeleteMarkers = [] } = await there.s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].filter(({ Key }) => Key?.split('/')[1] === user).length;
  };
  const keyThere = async () =>
    (
      await there.dynamodb.send(
        new GetItemCommand({
          TableName: BranchKeys,
          Key: { 'branch-key-id': { S: `sciences/${user}` }, type: { S: 'branch:ACTIVE' } },
        }),
      )
    ).Item;
  await report.check('rows and objects are there too, and no key of the member yet', async () => {
    assert.ok((await rows()) > 0 && (await versions()) > 0);
    assert.equal(await keyThere(), undefined);
    return `${await rows()} rows, ${await versions()} objects`;
  });
  await report.check(
    'the key of the member is copied by the function of the schedule, under the key of there',
    async () => {
      const FunctionName = deployed.one('AWS::Lambda::Function', `${WORKSPACE}/RecoveryKeys/Copy`).physicalId;
      const { FunctionError, Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
      assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
      assert.equal((await keyThere())?.['kms-arn']?.S, key);
    },
  );
  await report.check(
    '`eu-residency drill` decrypts all that it reads, while the workspace’s own key is disabled',
    async () => {
      const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
      await aws.kms.send(new DisableKeyCommand({ KeyId }));
      try {
        return await drilled(aws.endpoint, config);
      } finally {
        await aws.kms.send(new EnableKeyCommand({ KeyId }));
      }
    },
  );

  const administrator = new Administrator(baseUrl, tokens.admin, front);
  const erased = await report.require(
    'the member is erased by an administrator, in both Regions',
    async () => administrator.until((await administrator.say('erase', '--user', user)).id, 'erased'),
    ({ counts }) => JSON.stringify(counts),
  );
  await report.check('no row, no version of an object and no key of theirs is left there', async () => {
    assert.deepEqual([await rows(), await versions(), await keyThere()], [0, 0, undefined]);
  });
  await report.check('a day later the erasure is certified, once neither key store decrypts', async () => {
    await timePasses(context, [erased.id]);
    await tended(context);
    const { certificate = '' } = await administrator.until(erased.id, 'certified');
    const Evidence = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
    assert.deepEqual(await certificates(context, Evidence), [certificate]);
    return certificate;
  });
}

/** Runs the command in this process, as somebody would whose credentials are in the environment. */
async function drilled(endpoint: string, config: string): Promise<string> {
  const [before, log] = [{ ...process.env }, console.log];
  const lines: string[] = [];
  Object.assign(process.env, environment(endpoint, 'eu-central-1'));
  console.log = (line: string) => void lines.push(line);
  try {
    assert.equal(await runDrill(['--config', config]), 0, lines.join('\n'));
    return lines.join('; ');
  } finally {
    console.log = log;
    process.env = before;
  }
}
