import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { send } from '../front/client';
import type { Front } from '../front/front';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import { SECRETS } from './conversation';
import { type MemberTokens, subOf } from './members';
import type { Tenant } from './tenants';
import { tended, timePasses } from './time-passes';

/** A member's conversations are exported and erased through the deployed API, by the deployed state machine and functions. */
export async function rights(context: Context, { baseUrl }: Tenant, tokens: MemberTokens, front: Front): Promise<void> {
  const { report, aws, deployed } = context;
  const user = subOf(tokens.member);
  const [TableName, Bucket, Evidence] = [
    deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId,
    deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId,
    deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId,
  ];
  const machine = deployed.one('AWS::StepFunctions::StateMachine', `${WORKSPACE}/Rights`).physicalId;

  const administrator = new Administrator(baseUrl, tokens.admin, front);
  const fetched = (id: string, apiKey: string) => send(new URL(`${baseUrl}/exports/${id}`), {}, front.port, { apiKey });
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

  await report.check('rights: a member is no administrator', async () => {
    const member = new Administrator(baseUrl, tokens.member, front);
    await assert.rejects(member.say('status'), /this is for the role 'admin'/);
  });
  const exported = await report.require(
    'rights: an administrator begins an export, and the state machine finishes it',
    async () => administrator.until((await administrator.say('export', '--user', user)).id, 'ready'),
    ({ counts }) => JSON.stringify(counts),
  );
  await report.check(
    'rights: the member alone opens it: everything that was said, and a digest of each file',
    async () => {
      const archive = Buffer.from(await (await fetched(exported.id, tokens.member)).arrayBuffer());
      for (const secret of SECRETS) assert.ok(archive.includes(secret), `the export lacks '${secret}'`);
      assert.match(archive.toString(), /"sha256": "[0-9a-f]{64}"/);
      assert.equal((await fetched(exported.id, tokens.colleague)).status, 404);
      assert.equal((await fetched(exported.id, tokens.admin)).status, 403);
      return `${archive.length} bytes`;
    },
  );
  const erased = await report.require(
    'rights: an administrator has the member erased, and the key is gone at once',
    async () => administrator.until((await administrator.say('erase', '--user', user)).id, 'erased'),
    ({ counts }) => JSON.stringify(counts),
  );
  await report.check('rights: no row, no version of an object and no key of the member is left', async () => {
    assert.deepEqual(await rowsOf(`user#${user}`), []);
    assert.deepEqual(await versionsOf(), []);
    const { Item } = await aws.dynamodb.send(
      new GetItemCommand({
        TableName: deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/BranchKeys`).physicalId,
        Key: { 'branch-key-id': { S: `sciences/${user}` }, type: { S: 'branch:ACTIVE' } },
      }),
    );
    assert.equal(Item, undefined);
    const refused = await fetched(exported.id, tokens.member);
    assert.deepEqual([refused.status, ((await refused.json()) as Failure).error.code], [403, 'content_erased']);
  });
  await report.check('rights: there is no certificate while the key store could be restored', async () => {
    assert.deepEqual(await certificates(context, Evidence), []);
  });
  await report.check('rights: what stopped goes on by the hour, and a day later the erasure is certified', async () => {
    await timePasses(context, [erased.id]);
    await tended(context);
    const { certificate = '', certificate_sha256 } = await administrator.until(erased.id, 'certified');
    assert.deepEqual(await certificates(context, Evidence), [certificate]);
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: Evidence, Key: certificate }));
    const text = (await Body?.transformToString()) ?? '';
    assert.equal(createHash('sha256').update(text).digest('hex'), certificate_sha256);
    assert.equal(JSON.parse(text).user, user);
    return certificate;
  });
  await report.check('rights: the history of every execution holds ids and times, and nothing of content', async () => {
    const { executions = [] } = await aws.sfn.send(new ListExecutionsCommand({ stateMachineArn: machine }));
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

/** What was certified, and is in the evidence bucket. */
export async function certificates({ aws }: Context, Bucket: string): Promise<string[]> {
  const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'certificates/' }));
  return Versions.map(({ Key = '' }) => Key);
}

/** Whatever a step was given or gave, in the history: a job, whose turn it is, and when. */
function requireIdsOnly(event: object): void {
  const text = JSON.stringify(event);
  for (const secret of SECRETS) assert.ok(!text.includes(secret), `the history holds '${secret}'`);
  for (const [, inner = ''] of text.matchAll(/"(?:input|output|parameters)":"((?:[^"\\]|\\.)*)"/g)) {
    const value = JSON.parse(JSON.parse(`"${inner}"`));
    const payload = value.Payload ?? value;
    const unknown = Object.keys(payload).filter((name) => !['job', 'actor', 'notBefore'].includes(name));
    assert.deepEqual(unknown, [], `the history holds ${text}`);
  }
}
