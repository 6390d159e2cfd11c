import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { toFile } from 'openai';
import type { OperationsRecord } from '@/lib/runtime/http/records/operations';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { LocalContent } from './conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const flipped = (bytes: Uint8Array = new Uint8Array()) =>
  bytes.map((byte, at) => (at === bytes.length - 30 ? byte ^ 1 : byte));

/** A member's conversation, and a process that has no key in memory. */
async function stored() {
  const written: [ResidencyRecord, OperationsRecord][] = [];
  const { id } = await local.openai().conversations.create({ items: [{ role: 'user', content: 'CANARY' }] });
  const keyring = local.newKeyring();
  const gateway = local.gateway({ keyring }, undefined, (...records) => written.push(records));
  const ask = async (stream?: boolean) => {
    const headers = { authorization: 'Bearer ada', 'content-type': 'application/json' };
    const body = JSON.stringify({ model: 'assistant', input: 'x', conversation: id, stream });
    const response = await gateway.fetch(
      new Request('https://gateway.test/v1/responses', { method: 'POST', headers, body }),
    );
    return { response, text: await response.text() };
  };
  return { written, ask };
}

/** Restores the member's segments with another content, as a wrong backup or a change in the table would. */
async function change(content: (bytes?: Uint8Array) => Uint8Array) {
  const rows = (await local.backup('sciences')).filter(({ sk }) => sk?.S?.startsWith('segment#'));
  await local.restore(
    'sciences',
    rows.map((row) => ({ ...row, content: { B: content(row.content?.B) } })),
  );
}

test('a broken ciphertext is a 500 that no client repeats, with a reason in the record', async () => {
  const { written, ask } = await stored();
  await change(flipped);
  const { response, text } = await ask();
  expect([response.status, response.headers.get('x-should-retry'), response.headers.get('retry-after')]).toEqual([
    500,
    'false',
    null,
  ]);
  expect(JSON.parse(text).error).toMatchObject({ code: 'content_unreadable', type: 'server_error' });
  expect(text).not.toContain('CANARY');
  expect(written).toMatchObject([[{ reason: 'content_unreadable', outcome: 'failed' }, { failures: 1 }]]);
});

test('a branch key whose row was changed is the same, before anything is stored', async () => {
  const { written, ask } = await stored();
  const keys = await local.backup('sciences-keys');
  await local.restore(
    'sciences-keys',
    keys.map((row) => ({ ...row, enc: { B: flipped(row.enc?.B) } })),
  );
  expect((await ask()).response.status).toBe(500);
  expect(written).toMatchObject([[{ reason: 'content_unreadable' }, {}]]);
});

test('a KMS that does not answer is a 503 to repeat', async () => {
  const { written, ask } = await stored();
  local.faults.choose((call) => (call === 'kms.Decrypt' ? 'before' : undefined));
  const { response } = await ask();
  local.faults.none();
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(written).toMatchObject([[{ reason: 'content_unavailable', outcome: 'failed' }, {}]]);
});

test('an erased key is a 403, and no failure', async () => {
  const { written, ask } = await stored();
  await new BranchKeyErasure(local.keyStore()).destroy('ada');
  expect((await ask()).response.status).toBe(403);
  expect(written).toMatchObject([[{ reason: 'content_erased', outcome: 'refused' }, {}]]);
});

test("another file's bytes in the place of a member's own file aren't served", async () => {
  const openai = local.openai();
  const upload = async (text: string) =>
    openai.files.create({
      purpose: 'user_data',
      file: await toFile(Buffer.from(text), 'a.txt', { type: 'text/plain' }),
    });
  const [one, other] = [await upload('one'), await upload('other')];
  const Bucket = 'sciences-files';
  const { Contents = [] } = await local.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'content/ada/' }));
  const [from, to] = [one, other].map(({ id }) => Contents.find(({ Key }) => Key?.includes(id))?.Key);
  const { Body } = await local.s3.send(new GetObjectCommand({ Bucket, Key: from }));
  await local.s3.send(new PutObjectCommand({ Bucket, Key: to, Body: await Body?.transformToByteArray() }));
  expect(await (await openai.files.content(one.id)).text()).toBe('one');
  await expect(openai.files.content(other.id)).rejects.toMatchObject({ status: 500, code: 'content_unreadable' });
});
