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
import { openai } from '../api-gateway/client';
import { Aws } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { environment } from '../harness/environment';
import { arnOfKey } from '../read-back/arn';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import type { DeployedApis } from './deployed-apis';
import { endWaits, resumeStalledJobs } from './job-waits';
import { subOf } from './members';
import { certificates } from './rights';
import { type BaseUrls, workspaceOf } from './tenants';

export const RECOVERY = 'eu-west-1';

export const REPLICA = 'exemple-recovery-workspace-sciences/Replica';

/** More than fits in a row, so that an object is replicated too. */
const LONG = 'Doktorarbeit '.repeat(30_000);

/** Each workspace is replicated to another Region under that Region's key, and an erasure includes the replica. */
export async function recovery(
  context: Context,
  apis: DeployedApis,
  baseUrls: BaseUrls,
  config: string,
): Promise<void> {
  const { report, aws, deployed } = context;
  const inRecovery = new Aws(aws.endpoint, RECOVERY);
  const { apiGateway, tokens } = apis;
  const { baseUrl, caller } = workspaceOf(context, apis, baseUrls);
  const user = subOf(tokens.member);
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  const BranchKeys = deployed.one('AWS::DynamoDB::GlobalTable', `${REPLICA}/BranchKeys`).physicalId;
  const Bucket = deployed.one('AWS::S3::Bucket', REPLICA).physicalId;
  const key = `arn:aws:kms:${RECOVERY}:${ACCOUNT}:key/${deployed.one('AWS::KMS::Key', REPLICA).physicalId}`;

  await report.check(`${REPLICA}: the key belongs only to ${RECOVERY} and rotates`, async () => {
    const { KeyMetadata } = await inRecovery.kms.send(new DescribeKeyCommand({ KeyId: key }));
    assert.deepEqual([KeyMetadata?.KeyState, KeyMetadata?.MultiRegion], ['Enabled', false]);
    assert.equal((await inRecovery.kms.send(new GetKeyRotationStatusCommand({ KeyId: key }))).KeyRotationEnabled, true);
  });
  await report.check("the table's replica is under that key, recoverable and protected", async () => {
    const { Table } = await inRecovery.dynamodb.send(new DescribeTableCommand({ TableName }));
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, key);
    assert.equal(Table?.DeletionProtectionEnabled, true);
    const { ContinuousBackupsDescription } = await inRecovery.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    assert.equal(recovery?.PointInTimeRecoveryStatus, 'ENABLED');
  });
  await report.check(
    `the bucket's replica is in ${RECOVERY}, versioned and closed to the public, and content is replicated to it under that key`,
    async () => {
      assert.equal((await inRecovery.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint, RECOVERY);
      assert.equal((await inRecovery.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
      const { PublicAccessBlockConfiguration } = await inRecovery.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
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

  await report.require(
    "a member's conversations are stored, one of them with an item too large for a row",
    async () => {
      const client = openai(baseUrl, apiGateway.port, caller);
      await client.conversations.create({ items: [{ type: 'message', role: 'user', content: 'Wie heißt sie?' }] });
      await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
    },
  );
  const rows = async () => {
    let count = 0;
    for await (const { Items = [] } of paginateScan({ client: inRecovery.dynamodb }, { TableName }))
      count += Items.filter(({ pk }) => pk?.S === `user#${user}`).length;
    return count;
  };
  const versions = async () => {
    const { Versions = [], DeleteMarkers = [] } = await inRecovery.s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].filter(({ Key }) => Key?.split('/')[1] === user).length;
  };
  const copiedKey = async () =>
    (
      await inRecovery.dynamodb.send(
        new GetItemCommand({
          TableName: BranchKeys,
          Key: { 'branch-key-id': { S: `sciences/${user}` }, type: { S: 'branch:ACTIVE' } },
        }),
      )
    ).Item;
  await report.check("the replica contains the rows and objects, but not yet the member's key", async () => {
    assert.ok((await rows()) > 0 && (await versions()) > 0);
    assert.equal(await copiedKey(), undefined);
    return `${await rows()} rows, ${await versions()} objects`;
  });
  await report.check("the scheduled function copies the member's key, under the recovery Region's key", async () => {
    const FunctionName = deployed.one('AWS::Lambda::Function', `${WORKSPACE}/RecoveryKeys/Copy`).physicalId;
    const { FunctionError, Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
    assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
    assert.equal((await copiedKey())?.['kms-arn']?.S, key);
  });
  await report.check(
    "`eu-residency drill` decrypts everything that it reads, while the workspace's own key is disabled",
    async () => {
      const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
      await aws.kms.send(new DisableKeyCommand({ KeyId }));
      try {
        return await runDrillCommand(aws.endpoint, config);
      } finally {
        await aws.kms.send(new EnableKeyCommand({ KeyId }));
      }
    },
  );

  const administrator = new Administrator(baseUrl, tokens.admin, apiGateway);
  const member = new Administrator(baseUrl, tokens.member, apiGateway);
  const erased = await report.require(
    'the member erases their content in both Regions',
    async () => administrator.until((await member.run('erase', '--own')).id, 'erased'),
    ({ id }) => id,
  );
  await report.check('no row, object version or key of the member is left in the replica', async () => {
    assert.deepEqual([await rows(), await versions(), await copiedKey()], [0, 0, undefined]);
  });
  await report.check('the erasure is certified a day later, once neither key store decrypts', async () => {
    await endWaits(context, [erased.id]);
    await resumeStalledJobs(context);
    const { certificate = '' } = await administrator.until(erased.id, 'certified');
    const Evidence = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
    assert.deepEqual(await certificates(context, Evidence), [certificate]);
    return certificate;
  });
}

/** Runs the command in this process, with credentials in the environment. */
export async function runDrillCommand(endpoint: string, config: string): Promise<string> {
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
