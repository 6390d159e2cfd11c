import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keys } from '@/lib/cli/commands/keys';
import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';

jest.setTimeout(60_000);

const { boundary, deployment } = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant], keys: { signInWithin: 10d } }
  - { id: office, edition: enterprise, retention: 30d, models: [assistant], keys: {} }
  - { id: plain, edition: enterprise, retention: 30d, models: [assistant] }
`,
  'residency.yaml',
);
const data = mkdtempSync(path.join(tmpdir(), 'own-keys-'));
let served: Served;
beforeAll(async () => {
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record: () => {} });
});
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

const workspace = (id: string) => {
  const found = served.workspaces.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no workspace ${id}`);
  return found;
};

/** Runs the command as a member of a workspace. */
async function run(args: readonly string[], id = 'sciences') {
  const [out, err]: [string[], string[]] = [[], []];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line));
  const error = jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line));
  process.env.EU_RESIDENCY_TOKEN = workspace(id).tokens.member;
  try {
    expect(await keys([...args, '--own', '--url', workspace(id).url])).toBe(0);
    return { out: out.join('\n'), err: err.join('\n') };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

const statusOf = async (key: string, id = 'sciences', tree = '/key') => {
  const url = `${workspace(id).url.replace(/\/v1$/, '')}${tree}/v1/models`;
  return (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).status;
};

test('a member creates, lists and revokes a key of their own', async () => {
  const { out: key, err } = await run(['create', '--name', 'thesis', '--expires', '60d', '--model', 'assistant']);
  expect(key).toMatch(/^eudevm_member\.key_[\w-]{16}\.[\w-]{43}$/);
  expect(err).toMatch(
    /for the base URL http:\/\/127\.0\.0\.1:\d+\/workspaces\/sciences\/key\/v1; it ends on .*store it now/,
  );
  expect(err).not.toContain(key);
  expect([await statusOf(key), await statusOf(key, 'sciences', ''), await statusOf(key, 'office')]).toEqual([
    200, 401, 401,
  ]);
  const stops = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const id = key.split('.')[1] ?? '';
  const { out: list } = await run(['list']);
  expect(list).toMatch(
    new RegExp(`^id +name +created +state +models\n${id} +thesis +\\S+ +stops ${stops} unless you sign in +assistant$`),
  );
  const { out: json } = await run(['list', '--format', 'json']);
  expect(JSON.parse(json)).toMatchObject([{ id, object: 'api_key', models: ['assistant'] }]);
  expect((await run(['revoke', id])).err).toMatch('has been revoked');
  expect((await run(['list'])).err).toMatch('you have no keys');
});

test('a key can be capped', async () => {
  const { out } = await run(
    ['create', '--name', 'bot', '--requests-per-minute', '9', '--tokens-per-day', '1000', '--format', 'json'],
    'office',
  );
  expect(JSON.parse(out)).toMatchObject({ limits: { requests_per_minute: 9, tokens_per_day: 1_000 } });
});

test('a key can be capped by month', async () => {
  const { out } = await run(['create', '--name', 'bot', '--tokens-per-month', '90000', '--format', 'json'], 'office');
  expect(JSON.parse(out)).toMatchObject({ course: null, limits: { tokens_per_month: 90_000, usd_per_month: null } });
});

test('a workspace without keys says that it has no such path', async () => {
  await expect(run(['list'], 'plain')).rejects.toThrow("this path doesn't exist");
});

test.each<[string, string[], string]>([
  ['no action', [], 'keys --own takes one of: create, list, revoke'],
  ['a rotation', ['rotate', 'key_AAAAAAAAAAAAAAAA'], 'to replace a key, create another and revoke this one'],
  ['no name', ['create'], '--name is missing'],
  ['a name to list', ['list', '--name', 'x'], '--name applies to keys create only'],
  ['an ID to list', ['list', 'x'], 'keys list --own takes options only'],
  ['no ID to revoke', ['revoke'], 'keys revoke --own takes the id of one key'],
  ['a period without a unit', ['create', '--name', 'x', '--expires', '90'], '--expires: found'],
  ['a period of more than a year', ['create', '--name', 'x', '--expires', '366d'], '--expires: found'],
  ['no tokens', ['create', '--name', 'x', '--tokens-per-day', '0'], '--tokens-per-day: found'],
  ['half a cent', ['create', '--name', 'x', '--usd-per-month', '0.005'], '--usd-per-month: found'],
  [
    'a course that is not theirs',
    ['create', '--name', 'x', '--course', 'law'],
    "'course' must be a course that you are in",
  ],
  ['a course to list', ['list', '--course', 'law'], '--course applies to keys create only'],
  ['an unknown format', ['list', '--format', 'yaml'], '--format'],
  ['an unknown model', ['create', '--name', 'x', '--model', 'gpt-5'], "'models[0]' must be the name of a model"],
])('%s is refused', async (_, args, message) => {
  await expect(run(args)).rejects.toThrow(message);
});

test('a message never repeats a key that was pasted', async () => {
  await expect(run(['revoke', 'eurm_member.key_AAAA.SECRET-CANARY'])).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('SECRET-CANARY') }),
  );
});
