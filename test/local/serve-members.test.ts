import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from 'node-sqlite3-wasm';
import { members } from '@/lib/cli/commands/members';
import { records } from '@/lib/cli/commands/records';
import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';
import { Store } from '@/lib/local/store';
import { jsonOf } from '@/test/support/json-of';

jest.setTimeout(60_000);

const { boundary, deployment } = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
  - { id: office, edition: enterprise, retention: 30d, models: [assistant] }
`,
  'residency.yaml',
);
const data = mkdtempSync(path.join(tmpdir(), 'serve-members-'));
let served: Served;
/** The tokens that the terminal showed, by workspace and member. */
const issued = new Map<string, string>();
const start = async () => {
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({
    deployment,
    boundary,
    port: 0,
    data,
    upstream: 'echo',
    environment: {},
    record: () => {},
    issued: (workspace, member, token) => void issued.set(`${workspace} ${member}`, token),
  });
};
beforeAll(start);
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});
const workspace = (id = 'sciences') => {
  const found = served.workspaces.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no workspace ${id}`);
  return found;
};

/** Runs the command as an administrator of a workspace, and returns its output. */
async function run(...args: string[]) {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  process.env.EU_RESIDENCY_TOKEN = workspace().tokens.admin;
  try {
    await members([...args, '--url', workspace().url]);
    return lines.join('\n');
  } finally {
    log.mockRestore();
  }
}
// biome-ignore lint/suspicious/noExplicitAny: what a program reads of JSON
const json = async (...args: string[]): Promise<any> => JSON.parse(await run(...args, '--format', 'json'));

async function statusOf(token: string, to = 'sciences', at = '/v1/conversations') {
  const url = `${workspace(to).url.replace(/\/v1$/, '')}${at}`;
  const response = await fetch(url, {
    method: at === '/v1/conversations' ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(at === '/v1/conversations' && { body: '{}' }),
  });
  const answer = await jsonOf(response);
  return answer.error === undefined ? response.status : `${response.status} ${answer.error.code}`;
}

test('the command lists users with a role, as a table and as JSON', async () => {
  expect(await run('list')).toBe(
    [
      'id           name         roles    state',
      'admin        admin        admin    enabled',
      'auditor      auditor      auditor  enabled',
      'member       member       member   enabled',
      'otherMember  otherMember  member   enabled',
    ].join('\n'),
  );
  expect((await json('list')).data).toHaveLength(4);
});

test('an added user is admitted to this workspace only, with their roles', async () => {
  const { id, development_token: token } = await json('add', 'marie', '--role', 'member');
  expect(await statusOf(token)).toBe(200);
  expect(await statusOf(token, 'office')).toBe('401 invalid_api_key');
  expect(await statusOf(token, 'sciences', '/admin/v1/members')).toBe('403 role_refused');
  const again = await json('roles', id, '--role', 'auditor', '--role', 'admin');
  expect(again.roles).toEqual(['admin', 'auditor']);
  expect(again).not.toHaveProperty('development_token');
  const now = issued.get('sciences marie') ?? '';
  expect(await statusOf(token)).toBe('401 invalid_api_key');
  expect(await statusOf(now)).toBe('403 role_refused');
  expect(await statusOf(now, 'sciences', '/admin/v1/members')).toBe(200);
  expect(await run('remove', id)).toContain('removed');
  expect(await statusOf(now, 'sciences', '/v1/models')).toBe('403 member_disabled');
  await expect(run('show', id)).rejects.toThrow('no member of this workspace has this id');
});

test('an administrator doesn’t get the token of an existing member', async () => {
  issued.clear();
  const answers = [
    await json('add', 'otherMember', '--role', 'admin'),
    await json('roles', 'otherMember', '--role', 'member'),
    await json('sign-out', 'otherMember'),
    await json('disable', 'otherMember'),
    await json('enable', 'otherMember'),
    await json('show', 'otherMember'),
  ];
  expect(answers.map((answer) => JSON.stringify(answer)).join()).not.toMatch(/token|eyJ/);
  expect(await statusOf(issued.get('sciences otherMember') ?? '')).toBe(200);
});

test('a disabled or signed-out user is refused at once, also after a restart', async () => {
  const { member, otherMember } = workspace().tokens;
  await run('disable', 'member');
  expect(await statusOf(member)).toBe('403 member_disabled');
  expect(await run('show', 'member')).toMatch(/member +member +member +disabled/);
  await run('sign-out', 'otherMember');
  expect(await statusOf(otherMember)).toBe('401 invalid_api_key');
  await served.close();
  await start();
  expect(await statusOf(member)).toBe('403 member_disabled');
  expect(await statusOf(otherMember)).toBe('401 invalid_api_key');
  await run('enable', 'member');
  expect(await statusOf(member)).toBe(200);
  // `serve` signs the users in again at each start, and prints the new tokens.
  expect(await statusOf(workspace().tokens.otherMember)).toBe(200);
});

test('the command shows an auditor the records of requests and acts', async () => {
  await run('disable', 'member');
  expect(await statusOf(workspace().tokens.member)).toBe('403 member_disabled');
  await run('enable', 'member');
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  process.env.EU_RESIDENCY_TOKEN = workspace().tokens.auditor;
  await records(['--of', 'acts', '--url', workspace().url]);
  await records(['--format', 'json', '--url', workspace().url]);
  const ofMember = records(['--member', 'member', '--url', workspace().url]).catch((error) => error.message);
  expect(await ofMember).toContain("'member' is refused for requests");
  process.env.EU_RESIDENCY_TOKEN = workspace().tokens.admin;
  const refused = records(['--url', workspace().url]).catch((error) => error.message);
  expect(await refused).toContain("this is for the role 'auditor'");
  log.mockRestore();
  expect(lines[0]).toMatch(/admin +member\.disable +member +answered/);
  const requests = lines.slice(1).map((line) => JSON.parse(line));
  expect(requests.map(({ reason }) => reason)).toContain('member_disabled');
  expect(requests.filter((request) => 'member' in request)).toEqual([]);
});

test('an upgraded store has no name of a removed member', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'serve-names-'));
  Store.open(folder).close();
  const before = new Database(path.join(folder, 'serve.sqlite'));
  before.exec('DROP TABLE membership; ALTER TABLE counter DROP COLUMN parts; PRAGMA user_version = 4;');
  for (const removed of [0, 1]) {
    before.run('INSERT INTO member VALUES (?, ?, ?, ?, 1, ?, 0, NULL)', [
      'a',
      `${removed}`,
      `name-${removed}`,
      '',
      removed,
    ]);
  }
  before.close();
  const store = Store.open(folder);
  expect(store.all('SELECT name FROM member ORDER BY id')).toEqual([{ name: 'name-0' }, { name: '' }]);
  store.close();
  expect(readFileSync(path.join(folder, 'serve.sqlite')).includes('name-1')).toBe(false);
});

test('a store of an earlier version is upgraded, with its members', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'serve-before-'));
  Store.open(folder).close();
  const file = path.join(folder, 'serve.sqlite');
  const before = new Database(file);
  before.exec(
    'DROP TABLE member; DROP TABLE record; DROP TABLE membership; ALTER TABLE counter DROP COLUMN parts; PRAGMA user_version = 2;',
  );
  before.close();
  const store = Store.open(folder);
  expect(store.all('SELECT * FROM member')).toEqual([]);
  store.close();
});
