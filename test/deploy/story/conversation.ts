import assert from 'node:assert/strict';
import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';
import { toFile } from 'openai';
import { openai } from '../front/client';
import type { Front } from '../front/front';
import { arnOfKey } from '../read-back/arn';
import { type Context, WORKSPACE } from '../read-back/context';
import { ANSWER } from './asked';
import type { Tenant } from './tenants';

/** A question that is asked in a conversation, and one that refers to it. */
const FIRST = 'Merke dir das Kennwort Zitronenfalter. Wie heißt die Hauptstadt?';
const SECOND = 'Und wie hieß das Kennwort?';
const REMEMBERED = 'Es hieß Zitronenfalter, sagt der Admiral.';

/** What nobody may find outside the answers. */
export const SECRETS = ['Zitronenfalter', 'Admiral', 'Hauptstadt', 'Doktorarbeit'];

/** More than a row of the table holds. */
const LONG = 'Doktorarbeit '.repeat(30_000);

/** A document with bytes that are no text of any encoding. */
const PDF = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256)),
  Buffer.from('\n%%EOF\n'),
]);

const notFound = ({ status }: Error & { status: number }) => status === 404;

/** A member's conversation, kept by the deployed function with its role's rights, and read again by a function that remembers nothing. */
export async function conversation(
  context: Context,
  { baseUrl, functionName, caller }: Tenant,
  colleague: string,
  front: Front,
  bedrock: LLMock,
): Promise<void> {
  const { report, aws, deployed } = context;
  const client = openai(baseUrl, front.port, caller);
  bedrock.onMessage(FIRST, { content: ANSWER });
  bedrock.onMessage(SECOND, { content: REMEMBERED });

  const { id } = await report.require(
    'a conversation of two turns is kept, the second with what was said in the first',
    () => twoTurns(client, bedrock),
  );
  await report.check('it is read by a function that remembers nothing, page by page, in order', async () => {
    await front.forget(functionName);
    assert.deepEqual(await textsOf(client, id), [FIRST, ANSWER, SECOND, REMEMBERED]);
  });
  await report.check('it is in the list of its member', async () => {
    const list: { data: { id: string }[] } = await client.get('/conversations', { query: { limit: 1 } });
    assert.deepEqual(
      list.data.map((one) => one.id),
      [id],
    );
  });
  await report.check('another member of the workspace finds neither it nor any other', async () => {
    const other = openai(baseUrl, front.port, { apiKey: colleague });
    await assert.rejects(other.conversations.retrieve(id), notFound);
    const list: { data: unknown[] } = await other.get('/conversations');
    assert.deepEqual(list.data, []);
  });
  await report.check('what a row of the table is too small for is in the bucket, and is read too', async () => {
    const long = await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
    assert.deepEqual(await textsOf(client, long.id), [LONG]);
  });
  const file = await report.require(
    'a file arrives byte by byte, and answers to its member alone',
    async () => {
      const sent = await client.files.create({ file: await toFile(PDF, 'Zitronenfalter.pdf'), purpose: 'user_data' });
      const read = Buffer.from(await (await client.files.content(sent.id)).arrayBuffer());
      assert.equal(read.compare(PDF), 0, `${read.length} bytes came back of ${PDF.length}, or others`);
      await assert.rejects(openai(baseUrl, front.port, { apiKey: colleague }).files.retrieve(sent.id), notFound);
      return sent;
    },
    () => `${PDF.length} bytes`,
  );
  await report.check(
    "the table holds ciphertext in the AWS Encryption SDK's form, and ends after 365 days",
    async () => {
      const rows = (await rowsOf(context, 'Conversations')).filter(({ pk }) => pk?.S?.startsWith('user#'));
      const sealed = rows.flatMap(({ content }) => (content?.B ? [content.B] : []));
      assert.ok(sealed.length >= 3, `${sealed.length} ciphertexts`);
      // Version 2, and the suite that commits to its key without a signature.
      for (const text of sealed) assert.equal(Buffer.from(text).subarray(0, 3).toString('hex'), '020478');
      requireNoSecret(rows.flatMap((row) => Object.values(row)).map(({ S, B }) => Buffer.from(B ?? S ?? '')));
      const days = rows.map(({ expiresAt }) => Math.round((Number(expiresAt?.N) - Date.now() / 1_000) / 86_400));
      assert.deepEqual([...new Set(days)], [365]);
      return `${rows.length} rows, ${sealed.length} with content`;
    },
  );
  await report.check("the bucket holds ciphertext, under the workspace's key", async () => {
    const objects = await objectsOf(context);
    assert.equal(objects.length, 2);
    for (const { key, body } of objects) {
      assert.equal(key, arnOfKey(deployed, `${WORKSPACE}/Key`));
      assert.equal(body.subarray(0, 3).toString('hex'), '020478');
    }
    requireNoSecret(objects.map(({ body }) => body));
    return `${objects.length} objects`;
  });
  await report.check("each member's key is kept only as the workspace's key has encrypted it", async () => {
    const rows = await rowsOf(context, 'BranchKeys');
    const active = rows.filter(({ type }) => type?.S === 'branch:ACTIVE');
    assert.ok(active.length >= 1);
    for (const row of active) {
      assert.match(row['branch-key-id']?.S ?? '', /^sciences\/[\w-]+$/);
      assert.equal(row['kms-arn']?.S, arnOfKey(deployed, `${WORKSPACE}/Key`));
    }
    return `${active.length} members`;
  });
  await report.check(
    'while the key of the workspace is disabled, a function that remembers nothing reads nothing',
    async () => {
      const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
      await aws.kms.send(new DisableKeyCommand({ KeyId }));
      try {
        await front.forget(functionName);
        await assert.rejects(textsOf(client, id), ({ status }: Error & { status: number }) => status >= 500);
      } finally {
        await aws.kms.send(new EnableKeyCommand({ KeyId }));
      }
      await front.forget(functionName);
      assert.equal((await textsOf(client, id)).length, 4);
    },
  );
  await report.check('a file that is deleted is gone, with its object', async () => {
    const before = (await objectsOf(context)).length;
    await client.files.delete(file.id);
    await assert.rejects(client.files.retrieve(file.id), notFound);
    assert.equal((await objectsOf(context)).length, before - 1);
  });
  await report.check('a conversation that is deleted is gone, with its rows', async () => {
    const { id: gone } = await client.conversations.create({
      items: [{ type: 'message', role: 'user', content: FIRST }],
    });
    await client.conversations.delete(gone);
    await assert.rejects(client.conversations.retrieve(gone), notFound);
    const left = (await rowsOf(context, 'Conversations')).filter(
      ({ sk }) => sk?.S?.includes(gone) && !sk.S.startsWith('deleted#'),
    );
    assert.deepEqual(left, []);
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
  for (const said of [FIRST, ANSWER, SECOND]) assert.ok(sent.includes(said), `the model wasn't sent '${said}'`);
  assert.equal((await client.responses.retrieve(second.id)).output_text, REMEMBERED);
  return { id };
}

/** What was said in a conversation, asked for in pages of one item. */
async function textsOf(client: OpenAI, conversation: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const item of client.conversations.items.list(conversation, { order: 'asc', limit: 1 })) {
    if (item.type !== 'message') continue;
    for (const part of item.content) if ('text' in part) texts.push(part.text);
  }
  return texts;
}

type Row = Record<string, AttributeValue>;

/** Everything that a table of the workspace holds. */
async function rowsOf({ aws, deployed }: Context, table: string): Promise<Row[]> {
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/${table}`).physicalId;
  const rows: Row[] = [];
  for await (const page of paginateScan({ client: aws.dynamodb }, { TableName })) rows.push(...(page.Items ?? []));
  return rows;
}

/** What members' content is in the bucket, and under which key. */
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

/** Nothing in clear, neither as text nor as a part of the document. */
function requireNoSecret(kept: readonly Buffer[]): void {
  for (const secret of [...SECRETS, PDF.subarray(256, 512)])
    assert.ok(!kept.some((bytes) => bytes.includes(secret)), `what is kept holds '${secret}'`);
}
