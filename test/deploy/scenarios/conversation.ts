import assert from 'node:assert/strict';
import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import type { ApiGateway } from '../api-gateway/api-gateway';
import { openai } from '../api-gateway/client';
import { arnOfKey } from '../read-back/arn';
import { type Context, WORKSPACE } from '../read-back/context';
import { ANSWER } from './requests';
import type { Tenant } from './tenants';

/** A question in a conversation, and one that refers to it. */
const FIRST = 'Merke dir das Kennwort Zitronenfalter. Wie heißt die Hauptstadt?';
const SECOND = 'Und wie hieß das Kennwort?';
const REMEMBERED = 'Es hieß Zitronenfalter, sagt der Admiral.';

/** Words that may appear only in answers. */
export const SECRETS = ['Zitronenfalter', 'Admiral', 'Hauptstadt', 'Doktorarbeit'];

/** More than fits in a row of the table. */
const LONG = 'Doktorarbeit '.repeat(30_000);

/** A document with bytes that aren't text in any encoding. */
const PDF = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256)),
  Buffer.from('\n%%EOF\n'),
]);

const notFound = ({ status }: Error & { status: number }) => status === 404;

/** The deployed function stores a member's conversation with its role's permissions, and a new process of the function reads it. */
export async function conversation(
  context: Context,
  { baseUrl, functionName, caller }: Tenant,
  colleague: string,
  apiGateway: ApiGateway,
  bedrock: LLMock,
): Promise<void> {
  const { report, aws, deployed } = context;
  const client = openai(baseUrl, apiGateway.port, caller);
  bedrock.onMessage(FIRST, { content: ANSWER });
  bedrock.onMessage(SECOND, { content: REMEMBERED });

  const { id } = await report.require(
    "a conversation of two turns is stored, and the second turn includes the first one's messages",
    () => twoTurns(client, bedrock),
  );
  await report.check('a new process reads it page by page, in order', async () => {
    await apiGateway.restart(functionName);
    assert.deepEqual(await textsOf(client, id), [FIRST, ANSWER, SECOND, REMEMBERED]);
  });
  await report.check("its member's list contains it", async () => {
    const list: { data: { id: string }[] } = await client.get('/conversations', { query: { limit: 1 } });
    assert.deepEqual(
      list.data.map((one) => one.id),
      [id],
    );
  });
  await report.check('another member of the workspace finds no conversation', async () => {
    const other = openai(baseUrl, apiGateway.port, { apiKey: colleague });
    await assert.rejects(other.conversations.retrieve(id), notFound);
    const list: { data: unknown[] } = await other.get('/conversations');
    assert.deepEqual(list.data, []);
  });
  await report.check('an item that is too large for a row is stored in the bucket, and can be read', async () => {
    const long = await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
    assert.deepEqual(await textsOf(client, long.id), [LONG]);
  });
  const file = await report.require(
    'a file is stored byte for byte, and only its member can read it',
    async () => {
      const sent = await client.files.create({ file: await toFile(PDF, 'Zitronenfalter.pdf'), purpose: 'user_data' });
      const read = Buffer.from(await (await client.files.content(sent.id)).arrayBuffer());
      assert.equal(read.compare(PDF), 0, `${read.length} of ${PDF.length} bytes came back, or they differ`);
      await assert.rejects(openai(baseUrl, apiGateway.port, { apiKey: colleague }).files.retrieve(sent.id), notFound);
      return sent;
    },
    () => `${PDF.length} bytes`,
  );
  await report.check(
    "the table contains ciphertext in the AWS Encryption SDK's format, and its rows expire after 365 days",
    async () => {
      const rows = (await rowsOf(context, 'Conversations')).filter(({ pk }) => pk?.S?.startsWith('user#'));
      const ciphertexts = rows.flatMap(({ content }) => (content?.B ? [content.B] : []));
      assert.ok(ciphertexts.length >= 3, `${ciphertexts.length} ciphertexts`);
      // Message version 2, and the suite with key commitment and without a signature.
      for (const text of ciphertexts) assert.equal(Buffer.from(text).subarray(0, 3).toString('hex'), '020478');
      requireNoSecret(rows.flatMap((row) => Object.values(row)).map(({ S, B }) => Buffer.from(B ?? S ?? '')));
      const days = rows.map(({ expiresAt }) => Math.round((Number(expiresAt?.N) - Date.now() / 1_000) / 86_400));
      assert.deepEqual([...new Set(days)], [365]);
      return `${rows.length} rows, ${ciphertexts.length} with content`;
    },
  );
  await report.check("the bucket contains ciphertext under the workspace's key", async () => {
    const objects = await objectsOf(context);
    assert.equal(objects.length, 2);
    for (const { key, body } of objects) {
      assert.equal(key, arnOfKey(deployed, `${WORKSPACE}/Key`));
      assert.equal(body.subarray(0, 3).toString('hex'), '020478');
    }
    requireNoSecret(objects.map(({ body }) => body));
    return `${objects.length} objects`;
  });
  await report.check("each member's key is stored only in the form encrypted by the workspace's key", async () => {
    const rows = await rowsOf(context, 'BranchKeys');
    const active = rows.filter(({ type }) => type?.S === 'branch:ACTIVE');
    assert.ok(active.length >= 1);
    for (const row of active) {
      assert.match(row['branch-key-id']?.S ?? '', /^sciences\/[\w-]+$/);
      assert.equal(row['kms-arn']?.S, arnOfKey(deployed, `${WORKSPACE}/Key`));
    }
    return `${active.length} members`;
  });
  await report.check("a new process can read nothing while the workspace's key is disabled", async () => {
    const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
    await aws.kms.send(new DisableKeyCommand({ KeyId }));
    try {
      await apiGateway.restart(functionName);
      await assert.rejects(textsOf(client, id), ({ status }: Error & { status: number }) => status >= 500);
    } finally {
      await aws.kms.send(new EnableKeyCommand({ KeyId }));
    }
    await apiGateway.restart(functionName);
    assert.equal((await textsOf(client, id)).length, 4);
  });
  await report.check('a deleted file is gone, with its object', async () => {
    const before = (await objectsOf(context)).length;
    await client.files.delete(file.id);
    await assert.rejects(client.files.retrieve(file.id), notFound);
    assert.equal((await objectsOf(context)).length, before - 1);
  });
  await report.check('a deleted conversation is gone, with its rows', async () => {
    const { id: deleted } = await client.conversations.create({
      items: [{ type: 'message', role: 'user', content: FIRST }],
    });
    await client.conversations.delete(deleted);
    await assert.rejects(client.conversations.retrieve(deleted), notFound);
    const remaining = (await rowsOf(context, 'Conversations')).filter(
      ({ sk }) => sk?.S?.includes(deleted) && !sk.S.startsWith('deleted#'),
    );
    assert.deepEqual(remaining, []);
  });
}

async function twoTurns(client: OpenAI, bedrock: LLMock): Promise<{ id: string }> {
  const { id } = await client.conversations.create({ metadata: { subject: 'Doktorarbeit' } });
  bedrock.clearRequests();
  const first = await client.responses.create({ model: 'assistant', input: FIRST, conversation: id });
  assert.equal(first.output_text, ANSWER);
  const second = await client.responses.create({ model: 'assistant', input: SECOND, conversation: id });
  assert.equal(second.output_text, REMEMBERED);
  const sent = JSON.stringify(bedrock.getRequests().at(-1)?.body);
  for (const text of [FIRST, ANSWER, SECOND]) assert.ok(sent.includes(text), `the model didn't receive '${text}'`);
  assert.equal((await client.responses.retrieve(second.id)).output_text, REMEMBERED);
  return { id };
}

/** The texts of a conversation, read in pages of one item. */
async function textsOf(client: OpenAI, conversation: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const item of client.conversations.items.list(conversation, { order: 'asc', limit: 1 })) {
    if (item.type !== 'message') continue;
    for (const part of item.content) if ('text' in part) texts.push(part.text);
  }
  return texts;
}

type Row = Record<string, AttributeValue>;

/** All rows of a table of the workspace. */
async function rowsOf({ aws, deployed }: Context, table: string): Promise<Row[]> {
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/${table}`).physicalId;
  const rows: Row[] = [];
  for await (const page of paginateScan({ client: aws.dynamodb }, { TableName })) rows.push(...(page.Items ?? []));
  return rows;
}

/** The objects with members' content in the bucket, each with its key. */
async function objectsOf({ aws, deployed }: Context): Promise<{ key?: string; body: Buffer }[]> {
  const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'content/' }));
  return Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body, SSEKMSKeyId } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
      return { key: SSEKMSKeyId, body: Buffer.from((await Body?.transformToByteArray()) ?? []) };
    }),
  );
}

/** Requires that nothing is stored in plaintext, neither text nor a part of the document. */
function requireNoSecret(stored: readonly Buffer[]): void {
  for (const secret of [...SECRETS, PDF.subarray(256, 512)])
    assert.ok(!stored.some((bytes) => bytes.includes(secret)), `the stored bytes contain '${secret}'`);
}
