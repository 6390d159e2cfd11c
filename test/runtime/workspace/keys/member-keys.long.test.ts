import { unpacked } from '../../rights/support/archive';
import { DAY, KeyWorkspace, resultOf } from './support/key-workspace';

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

const seconds = (ms: number) => Math.floor(ms / 1_000);

test('a key is shown once, listed without its secret, and revoked', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const models = ['assistant'];
  const limits = { requests_per_minute: 5, tokens_per_day: null, tokens_per_month: null, usd_per_month: null };
  const { key, ...made } = await process.create('ada', { name: 'thesis notebook', models, limits });
  expect(key).toMatch(/^eurm_ada\.key_[\w-]{16}\.[\w-]{43}$/);
  expect(made).toEqual({
    id: key.split('.')[1],
    object: 'api_key',
    name: 'thesis notebook',
    created_at: seconds(local.time),
    expires_at: seconds(local.time + 90 * DAY),
    stops_at: seconds(local.time + 30 * DAY),
    models,
    course: null,
    limits,
  });
  const { json, headers } = await process.send('ada', '/v1/keys');
  expect(json).toEqual({ object: 'list', data: [made], has_more: false });
  expect(headers.get('cache-control')).toBe('no-store');
  expect((await process.send('ben', '/v1/keys')).json.data).toEqual([]);
  expect(await process.chat(key)).toBe('200');
  const revoked = (as: string) => process.send(as, `/v1/keys/${made.id}`, { method: 'DELETE' }).then(resultOf);
  expect([await revoked('ben'), await revoked('ada'), await revoked('ada')]).toEqual([
    '404 key_not_found',
    '200',
    '404 key_not_found',
  ]);
  // Without keys, nothing says when the member signed in.
  expect(await local.rows('ada')).toEqual([]);
  local.time += 60_000;
  expect(await process.chat(key)).toBe('401 invalid_api_key');
});

test('neither the secret nor the name of a key is stored or recorded', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada', { name: 'NAME-CANARY' });
  await process.chat(key);
  await process.chat(`${key.slice(0, -2)}AA`);
  const secret = key.split('.')[2] ?? '';
  expect(local.bytes()).toContain('user#ada');
  for (const text of [local.bytes(), ...process.lines]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain('NAME-CANARY');
  }
});

test.each<[string, object, string, string | null]>([
  ['no name', { name: undefined }, 'missing_required_parameter', 'name'],
  ['a name of two lines', { name: 'a\nb' }, 'invalid_value', 'name'],
  ['a name with a control character', { name: 'a\u001b[2Jb' }, 'invalid_value', 'name'],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, 'invalid_value', 'name'],
  ['an end that has passed', { expires_at: 1 }, 'invalid_value', 'expires_at'],
  ['an end after more than a year', { expires_at: seconds(Date.UTC(2027, 10, 28)) }, 'invalid_value', 'expires_at'],
  ['an end that is no time', { expires_at: '90d' }, 'invalid_value', 'expires_at'],
  ['an unknown model', { models: ['assistant', 'gpt-5'] }, 'invalid_value', 'models[1]'],
  ['no model', { models: [] }, 'invalid_value', 'models'],
  ['a cap of no requests', { limits: { requests_per_minute: 0 } }, 'invalid_value', 'limits.requests_per_minute'],
  ['an unknown cap', { limits: { euros: 1 } }, 'unknown_parameter', 'limits'],
  ['a course that is not declared', { course: 'law' }, 'invalid_value', 'course'],
  ['a cap in USD where nothing is priced', { limits: { usd_per_month: 1 } }, 'invalid_value', 'limits.usd_per_month'],
  ['a cap of less than a cent', { limits: { usd_per_month: 0.001 } }, 'invalid_value', 'limits.usd_per_month'],
])('a key with %s is refused', async (_, body, code, param) => {
  const process = workspace.process();
  const { status, json } = await process.send('ada', '/v1/keys', { method: 'POST', body: { name: 'x', ...body } });
  expect([status, json.error.code, json.error.param]).toEqual([400, code, param]);
  expect(await workspace.local.rows('ada')).toEqual([]);
});

test('a member has at most 20 keys, also when they are created at once, and expired ones make room', async () => {
  const { local } = workspace;
  const processes = [workspace.process(), workspace.process()];
  const expires_at = seconds(local.time + DAY);
  const create = (at: number) => {
    const options = { method: 'POST', body: { name: `${at}`, expires_at } };
    return processes[at % 2]?.send('ada', '/v1/keys', options).then(resultOf);
  };
  const results = await Promise.all(Array.from({ length: 24 }, (_, at) => create(at)));
  expect(results.filter((result) => result === '200')).toHaveLength(20);
  expect(results.filter((result) => result === '409 too_many_keys')).toHaveLength(4);
  local.time += DAY;
  const [process] = processes;
  await process?.create('ada', { name: 'new' });
  expect((await process?.send('ada', '/v1/keys'))?.json.data).toMatchObject([{ name: 'new' }]);
});

test('an erasure deletes the keys of a member, and no later token or key leaves a trace', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  const other = await process.create('ben');
  expect(await process.chat(key)).toBe('200');
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'root');
  // From the request on, although the process has the key in memory.
  expect(await process.chat(key)).toBe('403 content_erased');
  expect(resultOf(await process.send('ada', '/v1/keys', { method: 'POST', body: { name: 'x' } }))).toBe(
    '403 content_erased',
  );
  await rights.runner.run(id);
  expect(await rights.find(id)).toMatchObject({ state: 'erased', counts: { 'rows.keys': 1 } });
  await workspace.process().seen({ id: 'ada' });
  expect(await local.rows('ada')).toEqual([]);
  expect(await workspace.process().chat(key)).toBe('401 invalid_api_key');
  expect(await process.chat(other.key)).toBe('200');
});

test('an export has the keys of a member without what recognises them', async () => {
  const { local } = workspace;
  const { key, id } = await workspace.process().create('ada', { name: 'notebook', models: ['assistant'] });
  const rights = local.rights();
  const job = await rights.export('ada', 'root');
  await rights.runner.run(job.id);
  const headers = { authorization: 'Bearer ada' };
  const request = new Request(`https://gateway.test/v1/exports/${job.id}`, { headers });
  const files = await unpacked(await local.gateway().fetch(request));
  const [text = ''] = [...files].flatMap(([name, content]) => (/^api_keys\/.*\.jsonl$/.test(name) ? [content] : []));
  expect(JSON.parse(text)).toEqual({
    id,
    name: 'notebook',
    created_at: '2026-11-27T00:00:00.000Z',
    expires_at: '2027-02-25T00:00:00.000Z',
    models: ['assistant'],
    course: null,
    limits: { requests_per_minute: null, tokens_per_day: null, tokens_per_month: null, usd_per_month: null },
    signed_in_at: '2026-11-27T00:00:00.000Z',
  });
  expect([...files.values()].join()).not.toContain(key.split('.')[2]);
});

test('a changed retention period leaves keys alone', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  const rights = local.rights({ retentionDays: 1 });
  await rights.applyNewPeriod('residency.yaml');
  local.time += 3_600_000;
  for (const job of await rights.list()) await rights.runner.run(job.id);
  local.time += 2 * DAY;
  const expiry = { N: `${seconds(Date.UTC(2027, 1, 25) + 30 * DAY)}` };
  expect((await local.rows('ada')).map((row) => row.expiresAt)).toEqual([expiry]);
  expect(await process.chat(key)).toBe('200');
});

test('nothing of a member’s keys is read 30 days after the last one ended, and a new key starts again', async () => {
  const { local } = workspace;
  const process = workspace.process();
  const start = local.time;
  const ends = (days: number) => ({ expires_at: seconds(start + days * DAY) });
  const last = await process.create('ada', { name: 'last', ...ends(40) });
  await process.create('ada', { name: 'first', ...ends(10) });
  const listed = async () => (await process.send('ada', '/v1/keys')).json.data.length;
  const expiry = async () => (await local.rows('ada')).map((row) => row.expiresAt?.N);
  expect(await expiry()).toEqual([`${seconds(start + 70 * DAY)}`]);
  // A sign-in ends no later and no earlier; a revocation leaves the end of the other key.
  await process.seen({ id: 'ada', signedInAt: start / 1_000 + 60 });
  expect(await expiry()).toEqual([`${seconds(start + 70 * DAY)}`]);
  await process.send('ada', `/v1/keys/${last.id}`, { method: 'DELETE' });
  expect(await expiry()).toEqual([`${seconds(start + 40 * DAY)}`]);
  local.time = start + 40 * DAY - 1_000;
  expect(await listed()).toBe(1);
  local.time += 1_000;
  expect(await listed()).toBe(0);
  // DynamoDB deletes expired rows later, at times that it chooses: a new key doesn't wait for it.
  expect(await local.rows('ada')).toHaveLength(1);
  const { key } = await process.create('ada', { name: 'new' });
  expect(await process.chat(key)).toBe('200');
  expect(await listed()).toBe(1);
  expect(await expiry()).toEqual([`${seconds(local.time + 120 * DAY)}`]);
});
