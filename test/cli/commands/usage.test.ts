import path from 'node:path';
import { runUsage } from '@/lib/cli/run/run-usage';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import type { Parts } from '@/lib/runtime/gateway/limits/use';
import { requestsOf, tokensOf } from '@/lib/runtime/gateway/limits/windows';
import { changed } from '../../releases/support/json';
import type { Server } from '../../runtime/gateway/support/serve';
import { LocalTable } from '../../support/local-table';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const CONFIG = path.join(
  folder({
    'residency.yaml': `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
  - { id: office, edition: edu, retention: 365d, models: [assistant] }
projects: [{ id: helpdesk-bot, models: [assistant] }]
`,
  }),
  'residency.yaml',
);
const NOW = new Date('2026-11-24T12:00:00Z');
const table = new LocalTable();
const asked: string[] = [];
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };
let account: Server;

beforeAll(async () => {
  await table.start();
  account = await stackAccount(asked, () => ({
    UsageTable: table.name,
    UsageRole: 'arn:aws:iam::111122223333:role/reader',
  }));
  environment.AWS_ENDPOINT_URL_DYNAMODB = table.url;
  environment.AWS_ENDPOINT_URL_CLOUDFORMATION = account.url;
  environment.AWS_ENDPOINT_URL_STS = account.url;
  Object.assign(process.env, environment);
  const counters = new DynamoDbCounters({ client: table.client, name: table.name });
  const use = async (tenant: string, day: string, tokens: number, member?: string, parts: Parts = {}) => {
    const time = new Date(`${day}T23:59:59Z`);
    await counters.add(tokensOf(tenant, time).counter, tokens, undefined, parts);
    if (member !== undefined) await counters.add(tokensOf(tenant, time, member).counter, tokens, undefined, parts);
    await counters.add(requestsOf(tenant, time).counter, 1);
  };
  await use('sciences', '2026-10-25', 1_000, 'anna');
  await use('sciences', '2026-10-26', 100, 'anna');
  await use('sciences', '2026-11-24', 20, 'zoe-with-the-last-id');
  await use('sciences', '2026-11-24', 7, 'anna');
  await use('helpdesk-bot', '2026-11-23', 5);
  const parts = (model: string) => ({ cached: 30, cacheWrite: 4, [`cached#${model}`]: 30, [`cacheWrite#${model}`]: 4 });
  await use('office', '2026-10-02', 7);
  await use('office', '2026-10-02', 100, 'ben', { ...parts('a#b'), 'tokens#a#b': 100 });
  await use('office', '2026-10-03', 1_000, 'ben', { ...parts('fast'), 'tokens#fast': 1_000 });
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  await account.close();
  await table.stop();
});

async function run(...args: string[]) {
  const out = jest.spyOn(console, 'log').mockImplementation();
  const err = jest.spyOn(console, 'error').mockImplementation();
  try {
    expect(await runUsage(['--config', CONFIG, ...args], NOW)).toBe(0);
    return { out: out.mock.calls.flat().join('\n'), err: err.mock.calls.flat().join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test('without a tenant, each one that used something in 30 days is summed', async () => {
  expect((await run()).out).toBe(
    ['tokens  tenant        kind', '   127  sciences      workspace', '     5  helpdesk-bot  project'].join('\n'),
  );
});

test('members are summed by their pseudonym, who used most first', async () => {
  const { out } = await run('sciences', '--by', 'member', '--format', 'json', '--since', '2026-10-25');
  expect(changed('usage', out)).toEqual([]);
  expect(JSON.parse(out)).toEqual({
    since: '2026-10-25',
    until: '2026-11-24',
    usage: [
      { tenant: 'sciences', kind: 'workspace', member: 'anna', tokens: 1_107, cached: 0, cacheWrite: 0 },
      { tenant: 'sciences', kind: 'workspace', member: 'zoe-with-the-last-id', tokens: 20, cached: 0, cacheWrite: 0 },
    ],
  });
});

test('days are of UTC, both ends included', async () => {
  const { out } = await run('--by', 'day', '--since', '2026-10-26', '--until', '2026-11-23');
  expect(out.split('\n').slice(1)).toEqual([
    '   100  sciences      workspace  2026-10-26',
    '     5  helpdesk-bot  project    2026-11-23',
  ]);
});

const OCTOBER = ['--since', '2026-10-01', '--until', '2026-10-04'];

test('tokens that were read from caches and written to them have columns', async () => {
  expect((await run('office', ...OCTOBER)).out.split('\n')).toEqual([
    'tokens  cached  written  tenant  kind',
    '  1107      60        8  office  workspace',
  ]);
  expect(JSON.parse((await run('office', ...OCTOBER, '--by', 'member', '--format', 'json')).out).usage).toEqual([
    { tenant: 'office', kind: 'workspace', member: 'ben', tokens: 1_100, cached: 60, cacheWrite: 8 },
  ]);
});

test('models are summed by their names, and what was counted without one has a line of its own', async () => {
  expect((await run('office', ...OCTOBER, '--by', 'model')).out.split('\n')).toEqual([
    'tokens  cached  written  tenant  kind       model',
    '  1000      30        4  office  workspace  fast',
    '   100      30        4  office  workspace  a#b',
    '     7       0        0  office  workspace  -',
  ]);
});

test('nothing is said in words, and as an empty list', async () => {
  expect(await run('office')).toEqual({ out: '', err: 'no tokens were used from 2026-10-26 to 2026-11-24' });
  expect(JSON.parse((await run('office', '--format', 'json')).out).usage).toEqual([]);
});

test('each stack is asked for its own table and role', async () => {
  asked.length = 0;
  await run('sciences', 'helpdesk-bot');
  const role = 'AssumeRole arn:aws:iam::111122223333:role/reader';
  expect(asked).toEqual(['DescribeStacks exemple-workspace-sciences', role, 'DescribeStacks exemple-projects', role]);
});

test.each<[string[], string]>([
  [['chemistry'], "has no project or workspace 'chemistry'; it has: sciences, office, helpdesk-bot"],
  [['--since', '2026-02-30'], "--since: found '2026-02-30'; allowed: a day such as 2026-11-24"],
  [['--since', '2026-11-25'], 'which is after --until, 2026-11-24'],
  [['--by', 'project'], '--by: found'],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
