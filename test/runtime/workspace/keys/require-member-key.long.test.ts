import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { newMemberKey } from '@/lib/runtime/workspace/keys/key-form';
import { STOPS_HEADER } from '@/lib/runtime/workspace/keys/require-member-key';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { DAY, KeyWorkspace, resultOf } from './support/key-workspace';

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

const reads = () => workspace.local.faults.calls.filter((call) => call.includes('GetItem')).length;

test('a key acts as its member, and as no other', async () => {
  const process = workspace.process();
  const { key } = await process.create('ada');
  const made = await process.send(key, '/key/v1/conversations', { method: 'POST', body: {} });
  expect((await process.send('ada', `/v1/conversations/${made.json.id}`)).status).toBe(200);
  expect(resultOf(await process.send('ben', `/v1/conversations/${made.json.id}`))).toBe('404 conversation_not_found');
  const { key: others } = await process.create('ben');
  expect(resultOf(await process.send(others, `/key/v1/conversations/${made.json.id}`))).toBe(
    '404 conversation_not_found',
  );
});

test.each(['/keys', '/keys/', '/keys/key_AAAAAAAAAAAAAAAA', '/exports', '/exports/export_0', '/%6beys'])(
  'no key reaches %s',
  async (path) => {
    const process = workspace.process();
    const { key } = await process.create('ada');
    const method = path.includes('key_') ? 'DELETE' : 'GET';
    expect(resultOf(await process.send(key, `/key/v1${path}`, { method }))).toBe('403 token_required');
    expect(resultOf(await process.send(key, `/key/v1/../../key/v1${path}`, { method }))).toBe('403 token_required');
  },
);

test('a token is no key, and a key no token', async () => {
  const process = workspace.process();
  const { key } = await process.create('ada');
  expect(resultOf(await process.send('ada', '/key/v1/models'))).toBe('401 invalid_api_key');
  // The middleware of this test knows tokens of its own form only.
  expect((await process.send(key, '/v1/conversations')).json.data).toEqual([]);
  expect(resultOf(await process.send(key, '/keyv1/models'))).toMatch('unknown_url');
});

describe('a text that is no valid key', () => {
  const TEXTS: Readonly<Record<string, (key: string) => string>> = {
    'another secret': (key) => `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`,
    'an ID that no key has': () => workspace.strangeKey('ada'),
    'a member without keys': () => workspace.strangeKey('stranger'),
    'another member': (key) => key.replace('eurm_ada.', 'eurm_ben.'),
    'upper case': (key) => key.toUpperCase(),
    'no prefix': (key) => key.slice('eurm_'.length),
    'the prefix of `serve`': (key) => key.replace('eurm_', 'eudevm_'),
    "the prefix of a project's key": (key) => key.replace('eurm_', 'eur_'),
    'white space within': (key) => key.replace('.key_', '. key_'),
    'an escaped dot': (key) => key.replace('.', '%2e'),
    'more at its end': (key) => `${key}A`,
    'a megabyte': (key) => `${key}${'A'.repeat(1e6)}`,
    'a long member': (key) => key.replace('eurm_ada', `eurm_${'a'.repeat(65)}`),
    'a path as member': (key) => key.replace('eurm_ada', 'eurm_../ada'),
  };

  test.each(Object.keys(TEXTS))('%s gets the same answer', async (name) => {
    const process = workspace.process();
    const { key } = await process.create('ada');
    await process.create('ben');
    const answer = await process.send(TEXTS[name]?.(key) ?? '', '/key/v1/models');
    const unknown = await process.send(workspace.strangeKey('ada'), '/key/v1/models');
    expect([answer.status, answer.json]).toEqual([401, unknown.json]);
    expect(answer.json.error.code).toBe('invalid_api_key');
    expect(JSON.parse(process.lines.at(-1) ?? '')[0]).toMatchObject({ tenant: 'unauthenticated' });
    expect(process.lines.join()).not.toContain('"member":"');
  });

  test('without the form of a key causes no read', async () => {
    const process = workspace.process();
    const before = workspace.local.faults.calls.length;
    for (const text of ['x.y', 'eurm_ada.key_x.y', `${workspace.strangeKey('ada')}A`]) {
      expect(await process.chat(text)).toBe('401 invalid_api_key');
    }
    expect(workspace.local.faults.calls.length).toBe(before);
  });

  test('causes at most two reads, whatever it asks for', async () => {
    const process = workspace.process();
    const before = workspace.local.faults.calls.length;
    expect(await process.chat(workspace.strangeKey('ada'))).toBe('401 invalid_api_key');
    expect(workspace.local.faults.calls.slice(before)).toHaveLength(2);
    expect(await process.chat(workspace.strangeKey('ada'))).toBe('401 invalid_api_key');
    expect(workspace.local.faults.calls.slice(before)).toHaveLength(2);
  });
});

test('a lookup is one read, and none within the next 60 seconds', async () => {
  const { local } = workspace;
  const { key } = await workspace.process().create('ada');
  const process = workspace.process();
  const costOf = async () => {
    const before = reads();
    expect(resultOf(await process.send(key, '/key/v1/models'))).toBe('200');
    return reads() - before;
  };
  expect(await costOf()).toBe(1);
  expect(await costOf()).toBe(0);
  local.time += 59_000;
  expect(await costOf()).toBe(0);
  local.time += 1_000;
  expect(await costOf()).toBe(1);
});

test('a new key works in a process that has just looked for the member’s keys', async () => {
  const [one, other] = [workspace.process(), workspace.process()];
  expect(await other.chat(workspace.strangeKey('ada'))).toBe('401 invalid_api_key');
  const { key } = await one.create('ada');
  workspace.local.time += 1_000;
  expect(await other.chat(key)).toBe('200');
});

test('a revoked key stops within 60 seconds in every process', async () => {
  const [one, other] = [workspace.process(), workspace.process()];
  const { key, id } = await one.create('ada');
  await one.create('ada');
  expect(await other.chat(key)).toBe('200');
  await one.send('ada', `/v1/keys/${id}`, { method: 'DELETE' });
  workspace.local.time += 60_000;
  expect(await other.chat(key)).toBe('401 invalid_api_key');
});

test('a key is invalid from its end on', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada', { expires_at: local.time / 1_000 + 60 });
  local.time += 59_999;
  expect(await process.chat(key)).toBe('200');
  local.time += 1;
  expect(await process.chat(key)).toBe('401 invalid_api_key');
});

test('a key uses its own models only, in every API', async () => {
  const process = workspace.process();
  const { key } = await process.create('ada', { models: ['embed'] });
  expect(await process.chat(key)).toBe('404 model_not_found');
  expect((await process.send(key, '/key/v1/models')).json.data).toMatchObject([{ id: 'embed' }]);
  const { json: prompt } = await process.send('ada', '/v1/prompts', {
    method: 'POST',
    body: { instructions: 'x', model: 'assistant' },
  });
  for (const body of [
    { model: 'assistant', input: 'x' },
    { prompt: { id: prompt.id }, input: 'x' },
  ]) {
    expect(resultOf(await process.send(key, '/key/v1/responses', { method: 'POST', body }))).toBe(
      '404 model_not_found',
    );
  }
});

test('the caps of a key apply to it alone', async () => {
  const process = workspace.process();
  const { key } = await process.create('ada', { limits: { requests_per_minute: 1 } });
  const { key: other } = await process.create('ada', { limits: { tokens_per_day: 1 } });
  expect([await process.chat(key), await process.chat(key)]).toEqual(['200', '429 rate_limit_exceeded']);
  expect([await process.chat(other), await process.chat(other)]).toEqual(['200', '429 insufficient_quota']);
  const { headers, json } = await process.send(key, '/key/v1/models');
  expect(json.error.message).toMatch('your key has made its 1 requests for this minute');
  expect(headers.get('x-ratelimit-limit-requests')).toBe('1');
  expect((await process.send('ada', '/v1/models')).status).toBe(200);
});

test('from 14 days before a key stops, every answer to it says when', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  const stops = new Date(local.time + 30 * DAY).toISOString();
  const shown = async (path = '/key/v1/models') => (await process.send(key, path)).headers.get(STOPS_HEADER);
  local.time += 16 * DAY - 1;
  expect(await shown()).toBeNull();
  local.time += 1;
  expect([await shown(), await shown('/key/v1/conversations/none'), await shown('/key/v1/keys')]).toEqual([
    stops,
    stops,
    stops,
  ]);
  local.time += 14 * DAY - 1;
  expect(await process.chat(key)).toBe('200');
  local.time += 1;
  expect(await process.chat(key)).toBe('403 sign_in_required');
});

test('the end of a key is announced as well', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key, stops_at } = await process.create('ada', { expires_at: local.time / 1_000 + 86_400 });
  const { headers } = await process.send(key, '/key/v1/models');
  expect(headers.get(STOPS_HEADER)).toBe(new Date(stops_at * 1_000).toISOString());
});

describe('after a sign-in', () => {
  test('keys work again at once, in every process', async () => {
    const { local } = workspace;
    const [one, other] = [workspace.process(), workspace.process()];
    const { key } = await one.create('ada');
    local.time += 30 * DAY;
    expect(await other.chat(key)).toBe('403 sign_in_required');
    await one.seen({ id: 'ada' });
    local.time += 1_000;
    expect(await other.chat(key)).toBe('200');
  });

  test.each(['disabled', 'removed or signed out'])('a member who is %s is refused within 60 seconds', async (how) => {
    const { local, suspensions } = workspace;
    const process = workspace.process();
    const { key } = await process.create('ada');
    expect(await process.chat(key)).toBe('200');
    const signedOutAt = local.time / 1_000;
    suspensions.set('ada', how === 'disabled' ? { disabled: true } : { disabled: false, signedOutAt });
    local.time += 60_000;
    expect(await process.chat(key)).toBe(how === 'disabled' ? '403 member_disabled' : '403 sign_in_required');
    // The session that was ended doesn't count.
    await process.seen({ id: 'ada', signedInAt: signedOutAt });
    local.time += 1_000;
    expect(await process.chat(key)).not.toBe('200');
    if (how === 'disabled') return;
    await process.seen({ id: 'ada' });
    local.time += 1_000;
    expect(await process.chat(key)).toBe('200');
  });

  test('without the role of a member, the keys stop within 60 seconds until a newer token has it again', async () => {
    const { local } = workspace;
    const process = workspace.process();
    const { key } = await process.create('ada');
    expect(await process.chat(key)).toBe('200');
    local.time += 60_000;
    const before = local.time / 1_000;
    await process.seen({ id: 'ada', roles: ['auditor'] });
    local.time += 60_000;
    expect(await process.chat(key)).toBe('403 role_refused');
    // An older token that is still valid doesn't bring it back.
    await workspace.process().seen({ id: 'ada', signedInAt: before, issuedAt: before - 1 });
    local.time += 60_000;
    expect(await process.chat(key)).toBe('403 role_refused');
    await workspace.process().seen({ id: 'ada' });
    local.time += 60_000;
    expect(await process.chat(key)).toBe('200');
  });
});

describe('a principal that can write to the table, but not decrypt', () => {
  type Change = (own: Row, theirs: Row) => Row;
  const keysOf = (row: Row) => Object.entries(row.keys?.M ?? {});
  const withKeys = (row: Row, keys: Record<string, AttributeValue>): Row => ({ ...row, keys: { M: keys } });
  const CHANGES: Readonly<Record<string, Change>> = {
    'copies a key of their own': (own, theirs) =>
      withKeys(theirs, Object.fromEntries([...keysOf(theirs), ...keysOf(own)])),
    'copies the hash of a key of their own into a key': (own, theirs) => {
      const [[, mine] = []] = keysOf(own);
      const [[, given] = []] = keysOf(theirs);
      const [[id = ''] = []] = keysOf(own);
      const { salt, hash } = mine?.M ?? {};
      return withKeys(theirs, { [id]: { M: { ...given?.M, ...(salt && { salt }), ...(hash && { hash }) } } });
    },
    'copies the whole row': (own, theirs) => ({ ...own, pk: theirs.pk as AttributeValue }),
  };

  test.each(Object.keys(CHANGES))('%s and gets no access to another member', async (name) => {
    const { local } = workspace;
    const process = workspace.process();
    const { id } = await process.create('ada');
    await process.create('eve');
    // The attacker makes a key in the name of the other member, and knows its hash.
    const forged = newMemberKey('ada', 'deployment');
    const [[theirs], [own]] = [await local.rows('ada'), await local.rows('eve')];
    const [[, mine] = []] = keysOf(own as Row);
    const entry = { M: { ...mine?.M, salt: { S: forged.stored.salt }, hash: { S: forged.stored.hash } } };
    const change = CHANGES[name]?.(withKeys(own as Row, { [forged.id]: entry }), theirs as Row);
    await local.restore('sciences', [change as Row]);
    expect(await workspace.process().chat(forged.key)).toBe('401 invalid_api_key');
    expect(id).not.toBe(forged.id);
  });

  test.each<[string, Record<string, AttributeValue>]>([
    ['end', { ends: { N: `${Date.UTC(2030, 0)}` } }],
    ['models', { models: { L: [{ S: 'embed' }] } }],
    ['caps', { tokensPerDay: { N: '1000000' } }],
  ])('changes the %s of a key, which stops working', async (_, changed) => {
    const { local } = workspace;
    const { key, id } = await workspace.process().create('ada', { limits: { tokens_per_day: 5 } });
    const [row] = await local.rows('ada');
    await local.restore('sciences', [
      { ...row, keys: { M: { [id]: { M: { ...row?.keys?.M?.[id]?.M, ...changed } } } } },
    ]);
    expect(await workspace.process().chat(key)).toBe('401 invalid_api_key');
    expect(resultOf(await workspace.process().send('ada', '/v1/keys'))).toBe('500 content_unreadable');
  });
});

test('a member whose state can’t be read is refused', async () => {
  const { local, suspensions } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  suspensions.get = () => {
    throw new Error('STORE-CANARY');
  };
  expect(await process.chat(key)).toBe('503 members_unavailable');
  local.faults.choose((call) => (call === 'dynamodb.GetItem' ? 'before' : undefined));
  expect(await workspace.process().chat(key)).toBe('503 keys_unavailable');
});
