import { toFile } from 'openai';
import { storedContent } from '@/lib/runtime/workspace/content';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { LocalContent } from './conversations/support/local-content';

const HOUR_MS = 3_600_000;
const retentionDays = 30;
const wanted = { bytes: 8, filename: 'a.txt', mime_type: 'text/plain', purpose: 'user_data' } as const;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const openaiOf = () => local.openai('ada', local.gateway({ retentionDays }));

const hold = async (conversation?: string) =>
  (await local.rights().placeHold({ user: 'ada', conversation, reason: 'case 7', by: 'root' })).hold.id;

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    ({ status, code }) => `${status} ${code}`,
  );

const keysOf = (rows: readonly Row[]) => rows.map(({ sk }) => sk?.S);

/** An upload with two parts. */
async function begun(openai = openaiOf()) {
  const { id } = await openai.uploads.create(wanted);
  const part = async (text: string) =>
    (await openai.uploads.parts.create(id, { data: await toFile(Buffer.from(text), 'blob') })).id;
  return { id, parts: [await part('EVID'), await part('ENCE')] };
}

test('an erased member is refused on every path', async () => {
  await local.rights().erase('ada', 'root');
  const gateway = local.gateway();
  const model = 'assistant';
  const messages = [{ role: 'user', content: 'hi' }];
  const bodies: Record<string, object> = {
    '/v1/chat/completions': { model, messages },
    '/v1/responses': { model, input: 'hi', store: false },
    '/v1/messages': { model, messages, max_tokens: 9 },
    '/v1/messages/count_tokens': { model, messages },
    '/v1/embeddings': { model, input: 'hi' },
  };
  const { routes } = storedContent({ ...local.stores(), keyring: local.keyring });
  const paths = [
    ...Object.keys(bodies).map((path) => ({ method: 'POST', path })),
    ...['/v1/models', '/v1/models/:id', '/v1/responses/:id'].map((path) => ({ method: 'GET', path })),
    ...routes,
  ];
  for (const { method, path } of paths) {
    const headers = { authorization: 'Bearer ada', 'content-type': 'application/json' };
    const body = method === 'POST' ? JSON.stringify(bodies[path] ?? {}) : undefined;
    const request = new Request(`https://gateway.test${path.replaceAll(':', '')}`, { method, headers, body });
    const response = await gateway.fetch(request);
    expect([path, response.status, (await response.text()).includes('content_erased') || path]).toEqual([
      path,
      403,
      true,
    ]);
  }
});

test('under a hold, labels stay as they are', async () => {
  const openai = openaiOf();
  const { id } = await openai.conversations.create({ metadata: { title: 'EVIDENCE' } });
  const { id: other } = await openai.conversations.create({ metadata: { title: 'other' } });
  const held = await hold(id);
  expect(await codeOf(openai.conversations.update(id, { metadata: {} }))).toBe('409 legal_hold');
  expect(await codeOf(openai.conversations.update(other, { metadata: {} }))).toBe('done');
  expect(await openai.conversations.retrieve(id)).toMatchObject({ metadata: { title: 'EVIDENCE' } });
  await local.rights().releaseHold(held, 'root');
  expect(await codeOf(openai.conversations.update(id, { metadata: {} }))).toBe('done');
});

test('under a hold, no part of an upload is deleted', async () => {
  const openai = openaiOf();
  const upload = await begun();
  const unused = await openai.uploads.parts.create(upload.id, { data: await toFile(Buffer.from('MORE'), 'blob') });
  const whole = await begun();
  await hold();
  const before = await local.objects();
  expect(await codeOf(openai.uploads.cancel(upload.id))).toBe('409 legal_hold');
  expect(await codeOf(openai.uploads.complete(upload.id, { part_ids: upload.parts }))).toBe('409 legal_hold');
  expect(keysOf(await local.rows())).toContain(`part#${upload.id}#${unused.id}`);
  const { file } = await openai.uploads.complete(whole.id, { part_ids: whole.parts });
  expect(await (await openai.files.content(file?.id ?? '')).text()).toBe('EVIDENCE');
  expect(await local.objects()).toBe(before);
});

test('under a hold, uploads whose hour is over stay; after it, the next upload deletes them', async () => {
  const { id, parts } = await begun();
  const held = await hold();
  local.time += 2 * HOUR_MS;
  await openaiOf().uploads.create(wanted);
  expect(keysOf(await local.rows())).toEqual(
    expect.arrayContaining([`upload#${id}`, ...parts.map((part) => `part#${id}#${part}`)]),
  );
  await local.rights().releaseHold(held, 'root');
  await openaiOf().uploads.create(wanted);
  expect(keysOf(await local.rows())).not.toContain(`upload#${id}`);
});

test('under a hold, a deletion that was interrupted before isn’t resumed', async () => {
  const openai = openaiOf();
  const { id } = await openai.conversations.create({ items: [{ role: 'user', content: 'EVIDENCE' }] });
  const file = await openai.files.create({
    file: await toFile(Buffer.from('EVIDENCE'), 'a.txt'),
    purpose: 'user_data',
  });
  await local.faults.killAt(4, 'after', () =>
    openaiOf()
      .conversations.delete(id)
      .catch(() => {}),
  );
  await local.faults.killAt(4, 'after', () =>
    openaiOf()
      .files.delete(file.id)
      .catch(() => {}),
  );
  const before = keysOf(await local.rows());
  expect(before).toContain(`deleted#${id}`);
  expect(before.some((key) => key?.startsWith('leftover#'))).toBe(true);
  const objects = await local.objects();
  const held = await hold(id);
  const more = async () => {
    await openai.conversations.create();
    await openai.files.create({ file: await toFile(Buffer.from('more'), 'b.txt'), purpose: 'user_data' });
  };
  await more();
  expect(keysOf(await local.rows())).toEqual(expect.arrayContaining(before));
  expect(await local.objects()).toBe(objects + 1);
  await local.rights().releaseHold(held, 'root');
  await more();
  expect(keysOf(await local.rows()).filter((key) => key?.includes(id) || key?.startsWith('leftover#'))).toEqual([]);
});

test('a file and a prompt that are made during a hold on one conversation stay, and can’t be deleted', async () => {
  const openai = openaiOf();
  const { id } = await openai.conversations.create();
  await hold(id);
  const file = await openai.files.create({ file: await toFile(Buffer.from('new'), 'a.txt'), purpose: 'user_data' });
  const { id: prompt } = await openai.post<{ id: string }>('/prompts', { body: { instructions: 'new' } });
  const made = (await local.rows()).filter(({ sk }) => /^(file|prompt|promptversion)#/.test(sk?.S ?? ''));
  expect(made.map(({ expiresAt }) => expiresAt)).toEqual([undefined, undefined, undefined]);
  expect(await local.tags()).toEqual({ ada: [''] });
  expect(await codeOf(openai.files.delete(file.id))).toBe('409 legal_hold');
  expect(await codeOf(openai.delete(`/prompts/${prompt}`))).toBe('409 legal_hold');
});
