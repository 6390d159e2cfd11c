import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { runUsage } from '@/lib/cli/run/run-usage';
import { DynamoDbCounters } from '@/lib/runtime/gateway/limits/dynamodb-counters';
import type { Parts } from '@/lib/runtime/gateway/limits/use';
import { labelTokensOf, requestsOf, tokensOf } from '@/lib/runtime/gateway/limits/windows';
import { DynamoDbMonths } from '@/lib/runtime/gateway/usage/dynamodb-months';
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
projects: [{ id: helpdesk-bot, models: [assistant] }, { id: tutor, models: [assistant] }, { id: billed, models: [assistant] }]
currency: { EUR: 0.5, asOf: 2026-11-24 }
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
  await use('office', '2026-10-02', 100, 'ben', { ...parts('a#b'), 'tokens#a#b': 100 });
  await use('tutor', '2026-10-02', 7);
  await use('tutor', '2026-10-02', 100, undefined, { ...parts('a#b'), 'tokens#a#b': 100 });
  await use('tutor', '2026-10-03', 1_000, undefined, { ...parts('fast'), 'tokens#fast': 1_000 });
  const sonnet = 'eu-central-1|assistant|eu.anthropic.claude-sonnet-4-6';
  const priced = { [`input|${sonnet}`]: 1_000_000, [`output|${sonnet}`]: 200_000, 'tokens#assistant': 1_200_000 };
  await use('billed', '2026-09-01', 1_200_000, undefined, priced);
  const time = new Date('2026-09-30T12:00:00Z');
  for (const label of ['Stadt A', '~#z']) {
    const half = { [`input|${sonnet}`]: 400_000, 'tokens#assistant': 400_000 };
    await counters.add(labelTokensOf('billed', time, label).counter, 400_000, undefined, half);
  }
  const months = new DynamoDbMonths({ client: table.client, name: table.name }, 'sciences');
  await months.release('2026-10', [
    { group: 'physics', model: 'large', tokens: 500, withModels: true, withGroups: true },
    { group: 'physics', model: 'fast', tokens: 100 },
    { group: null, model: null, tokens: 100 },
  ]);
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  await account.close();
  await table.stop();
});

const run = (...args: string[]) => runAlone('--config', CONFIG, ...args);

async function runAlone(...args: string[]) {
  const out = jest.spyOn(console, 'log').mockImplementation();
  const err = jest.spyOn(console, 'error').mockImplementation();
  try {
    expect(await runUsage(args, NOW)).toBe(0);
    return { out: out.mock.calls.flat().join('\n'), err: err.mock.calls.flat().join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const NOTE = (...ids: string[]) =>
  `workspaces (${ids.join(', ')}) are shown by whole months, from the second day after each, and only where enough members used something: ` +
  "'monitoring.minimumGroup'";

test('without a tenant, each project is summed over 30 days, and each workspace by the months that they touch', async () => {
  const { out, err } = await run();
  expect(out.split('\n')).toEqual([
    'tokens  tenant        kind       month',
    '   700  sciences      workspace  2026-10',
    '     5  helpdesk-bot  project    -',
  ]);
  expect(err).toBe(NOTE('sciences', 'office'));
});

test('groups and models of a workspace are those that were released, with what they include', async () => {
  expect((await run('sciences', '--by', 'group')).out.split('\n')).toEqual([
    'tokens  tenant    kind       month    group    with',
    '   600  sciences  workspace  2026-10  physics  other groups',
    '   100  sciences  workspace  2026-10  -        -',
  ]);
  expect((await run('sciences', '--by', 'model')).out.split('\n')).toEqual([
    'tokens  tenant    kind       month    model  with',
    '   500  sciences  workspace  2026-10  large  other models',
    '   100  sciences  workspace  2026-10  fast   -',
    '   100  sciences  workspace  2026-10  -      -',
  ]);
});

test('no counter of a workspace or a member is read, only what was released', async () => {
  const { out } = await run('office', 'sciences', '--format', 'json', '--since', '2026-01-01');
  expect(changed('usage', out)).toEqual([]);
  expect(JSON.parse(out).usage).toEqual([{ tenant: 'sciences', kind: 'workspace', month: '2026-10', tokens: 700 }]);
});

test('caches are those of projects, and none of a workspace', async () => {
  expect((await run('tutor', 'sciences', '--since', '2026-10-01')).out.split('\n')).toEqual([
    'tokens  cached  written  tenant    kind       month',
    '   700       -        -  sciences  workspace  2026-10',
    '  1107      60        8  tutor     project    -',
  ]);
});

test('days are of UTC, both ends included, and of projects only', async () => {
  const { out } = await run('--by', 'day', '--since', '2026-10-26', '--until', '2026-11-23');
  expect(out.split('\n').slice(1)).toEqual(['     5  helpdesk-bot  project  2026-11-23']);
});

const OCTOBER = ['--since', '2026-10-01', '--until', '2026-10-04'];

test('models of a project are summed by their names, and what was counted without one has a line of its own', async () => {
  expect((await run('tutor', ...OCTOBER, '--by', 'model')).out.split('\n')).toEqual([
    'tokens  cached  written  tenant  kind     model',
    '  1000      30        4  tutor   project  fast',
    '   100      30        4  tutor   project  a#b',
    '     7       0        0  tutor   project  -',
  ]);
});

const PRICE = 'tokens,3.3,1000000,0';
const SEPTEMBER = ['--since', '2026-09-01', '--until', '2026-09-30'];
const SOURCE = '2026-11-20,litellm-1.110.2';
const ITEM = 'project/billed,model,eu-central-1,input of eu.anthropic.claude-sonnet-4-6';

test('CSV has the cost of tokens by kind, and euros at the declared rate', async () => {
  const { out } = await run('billed', '--format', 'csv', ...SEPTEMBER);
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^period,group,label,model,tenant,part,region,item,quantity,.*,usd,eur,/),
    `2026-09-01/2026-09-30,,,assistant,${ITEM},1000000,${PRICE},3.30,1.65,${SOURCE}`,
    expect.stringContaining(',200000,tokens,16.5,1000000,0,3.30,1.65,'),
  ]);
});

test('labels are read whatever they contain, in a table and as CSV', async () => {
  expect((await run('billed', '--by', 'label', ...SEPTEMBER)).out.split('\n')).toEqual([
    'tokens  tenant  kind     label',
    '400000  billed  project  Stadt A',
    '400000  billed  project  ~#z',
    '400000  billed  project  -',
  ]);
  const { out } = await run('billed', '--by', 'label', '--format', 'csv', ...SEPTEMBER);
  expect(out.split('\n').filter((line) => line.includes(',input of '))).toEqual([
    `2026-09-01/2026-09-30,,,assistant,${ITEM},200000,${PRICE},0.66,0.33,${SOURCE}`,
    `2026-09-01/2026-09-30,,Stadt A,assistant,${ITEM},400000,${PRICE},1.32,0.66,${SOURCE}`,
    `2026-09-01/2026-09-30,,~#z,assistant,${ITEM},400000,${PRICE},1.32,0.66,${SOURCE}`,
  ]);
});

test('a workspace has no cost in CSV', async () => {
  const { out } = await run('sciences', '--by', 'model', '--format', 'csv');
  expect(out.split('\n')[1]).toBe(
    '2026-10,,,large,workspace/sciences,model,,"tokens, with other models",500,,unknown,,,unknown,unknown,,',
  );
});

test('nothing is said in words, and as an empty list', async () => {
  expect(await run('office')).toEqual({
    out: '',
    err: `nothing is shown from 2026-10-26 to 2026-11-24${NOTE('office')}`.replace('24workspaces', '24\nworkspaces'),
  });
  expect(JSON.parse((await run('office', '--format', 'json')).out).usage).toEqual([]);
});

describe('single members', () => {
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: [{ member: 'anna', tokens: 27, cached: 1, cacheWrite: 0 }] }));
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    process.env.EU_RESIDENCY_TOKEN = 'header.payload.signature';
  });
  afterAll(() => {
    delete process.env.EU_RESIDENCY_TOKEN;
    server.close();
  });

  test('are shown to an auditor by the workspace, and by no role', async () => {
    asked.length = 0;
    const { out } = await run('sciences', '--by', 'member', '--url', url, '--format', 'json', '--since', '2026-11-01');
    expect(changed('usage', out)).toEqual([]);
    expect(JSON.parse(out).usage).toEqual([
      { tenant: 'sciences', kind: 'workspace', member: 'anna', tokens: 27, cached: 1, cacheWrite: 0 },
    ]);
    const path = '/admin/v1/records/usage?since=2026-11-01&until=2026-11-24';
    expect(asked).toEqual([`${path} Bearer header.payload.signature`]);
  });

  test('need no configuration', async () => {
    const before = process.cwd();
    process.chdir(folder());
    try {
      const { out } = await runAlone('sciences', '--by', 'member', '--url', url);
      expect(out.split('\n')).toEqual([
        'tokens  cached  written  tenant    kind       member',
        '    27       1        0  sciences  workspace  anna',
      ]);
      await expect(runAlone('sciences')).rejects.toThrow('residency.yaml: there is no such file');
    } finally {
      process.chdir(before);
    }
  });

  test.each<[string[], string]>([
    [['helpdesk-bot'], "found 'member' for 'helpdesk-bot', which isn't a workspace of"],
    [['chemistry'], "has no project or workspace 'chemistry'"],
    [[], 'exactly one workspace'],
    [['sciences', 'office'], 'exactly one workspace'],
  ])('of %j are refused', async (tenants, message) => {
    await expect(run(...tenants, '--by', 'member', '--url', url)).rejects.toThrow(message);
  });
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
  [['--by', 'member'], "declare 'monitoring: { perMember: { reason, approver, until } }'"],
  [['--url', 'https://api.example.eu'], "--url: found with '--by tenant'"],
  [['sciences', '--by', 'day'], "--by: found 'day' for 'sciences'; a workspace is shown by whole months"],
  [['sciences', '--by', 'label'], "--by: found 'label' for 'sciences'; only keys of projects have labels"],
  [
    ['sciences', '--by', 'member', '--url', 'https://a.eu', '--format', 'csv'],
    "--format: found 'csv' with '--by member'",
  ],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});
