import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { send } from '../api-gateway/client';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import { SECRETS } from './conversation';
import { endWaits, resumeStalledJobs } from './job-waits';
import { type MemberTokens, subOf } from './members';
import type { Tenant } from './tenants';

/** The deployed API, state machine and functions export and erase a member's conversations. */
export async function rights(
  context: Context,
  { baseUrl }: Tenant,
  tokens: MemberTokens,
  apiGateway: ApiGateway,
): Promise<void> {
  const { report, aws, deployed } = context;
  const user = subOf(tokens.member);
  const [TableName, Bucket, Evidence] = [
    deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId,
    deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId,
    deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId,
  ];
  const stateMachineArn = deployed.one('AWS::StepFunctions::StateMachine', `${WORKSPACE}/Rights`).physicalId;

  const administrator = new Administrator(baseUrl, tokens.admin, apiGateway);
  const member = new Administrator(baseUrl, tokens.member, apiGateway);
  const fetchExport = (id: string, apiKey: string) =>
    send(new URL(`${baseUrl}/exports/${id}`), {}, apiGateway.port, { apiKey });
  const rowsOf = async (pk: string) => {
    const rows: unknown[] = [];
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    };
    for await (const { Items = [] } of paginateQuery({ client: aws.dynamodb }, query)) rows.push(...Items);
    return rows;
  };
  const versionsOf = async () => {
    const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].filter(({ Key }) => Key?.split('/')[1] === user);
  };

  await report.check('rights: a member is refused as an administrator', async () => {
    await assert.rejects(member.run('status'), /this is for the role 'admin'/);
  });
  const exported = await report.require(
    'rights: an administrator starts an export, and the state machine completes it',
    async () => administrator.until((await administrator.run('export', '--user', user)).id, 'ready'),
    ({ id }) => id,
  );
  await report.check(
    'rights: only the member can open the export, with all messages and a digest of each file',
    async () => {
      const archive = Buffer.from(await (await fetchExport(exported.id, tokens.member)).arrayBuffer());
      for (const secret of SECRETS) assert.ok(archive.includes(secret), `the export lacks '${secret}'`);
      assert.match(archive.toString(), /"sha256": "[0-9a-f]{64}"/);
      assert.equal((await fetchExport(exported.id, tokens.colleague)).status, 404);
      assert.equal((await fetchExport(exported.id, tokens.admin)).status, 403);
      return `${archive.length} bytes`;
    },
  );
  await report.check('rights: an erasure that an administrator requests waits, and the member cancels it', async () => {
    const { id, state } = await administrator.run('erase', '--user', user);
    assert.equal(state, 'waiting');
    assert.equal((await member.run('call-off', id, '--own')).state, 'called-off');
  });
  const erased = await report.require(
    'rights: the member erases their own content, which deletes the key at once',
    async () => administrator.until((await member.run('erase', '--own')).id, 'erased'),
    ({ id }) => id,
  );
  await report.check('rights: no row, object version or key of the member is left', async () => {
    assert.deepEqual(await rowsOf(`user#${user}`), []);
    assert.deepEqual(await versionsOf(), []);
    const { Item } = await aws.dynamodb.send(
      new GetItemCommand({
        TableName: deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/BranchKeys`).physicalId,
        Key: { 'branch-key-id': { S: `sciences/${user}` }, type: { S: 'branch:ACTIVE' } },
      }),
    );
    assert.equal(Item, undefined);
    const refused = await fetchExport(exported.id, tokens.member);
    assert.deepEqual([refused.status, ((await refused.json()) as Failure).error.code], [403, 'content_erased']);
  });
  await report.check('rights: no certificate exists while the key store could be restored', async () => {
    assert.deepEqual(await certificates(context, Evidence), []);
  });
  await report.check(
    'rights: the hourly function resumes stalled jobs, and the erasure is certified a day later',
    async () => {
      await endWaits(context, [erased.id]);
      await resumeStalledJobs(context);
      const { certificate = '', certificate_sha256 } = await administrator.until(erased.id, 'certified');
      assert.deepEqual(await certificates(context, Evidence), [certificate]);
      const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: Evidence, Key: certificate }));
      const text = (await Body?.transformToString()) ?? '';
      assert.equal(createHash('sha256').update(text).digest('hex'), certificate_sha256);
      assert.equal(JSON.parse(text).user, user);
      return certificate;
    },
  );
  await report.check('rights: the history of every execution contains ids and times, but no content', async () => {
    const { executions = [] } = await aws.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    let events = 0;
    for (const { executionArn } of executions) {
      for await (const page of paginateGetExecutionHistory({ client: aws.sfn }, { executionArn })) {
        for (const event of page.events ?? []) {
          events++;
          requireIdsOnly(event);
        }
      }
    }
    assert.ok(events > 20, `${events} events`);
    return `${executions.length} executions, ${events} events`;
  });
}

interface Failure {
  readonly error: { readonly code: string };
}

/** The keys of the certificates in the evidence bucket. */
export async function certificates({ aws }: Context, Bucket: string): Promise<string[]> {
  const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'certificates/' }));
  return Versions.map(({ Key = '' }) => Key);
}

/** Requires the input and output of a step in the history to be only a job, its actor and a time. */
function requireIdsOnly(event: object): void {
  const text = JSON.stringify(event);
  for (const secret of SECRETS) assert.ok(!text.includes(secret), `the history contains '${secret}'`);
  for (const [, inner = ''] of text.matchAll(/"(?:input|output|parameters)":"((?:[^"\\]|\\.)*)"/g)) {
    const value = JSON.parse(JSON.parse(`"${inner}"`));
    const payload = value.Payload ?? value;
    const unknown = Object.keys(payload).filter((name) => !['job', 'actor', 'notBefore'].includes(name));
    assert.deepEqual(unknown, [], `the history contains ${text}`);
  }
}
