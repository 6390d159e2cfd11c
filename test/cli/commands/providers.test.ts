import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProviderDrill } from '@/lib/cli/run/run-provider-drill';
import { runProviders } from '@/lib/cli/run/run-providers';
import { ProviderFiles } from '@/lib/local/provider-files';
import { DynamoDbProviderStates } from '@/lib/runtime/gateway/providers/dynamodb-provider-states';
import type { Server } from '../../runtime/gateway/support/serve';
import { LocalTable } from '../../support/local-table';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const table = new LocalTable();
let account: Server;
const asked: string[] = [];
let outputs: Record<string, string>;
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };
const files = folder({
  'residency.yaml': `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]
`,
});

beforeAll(async () => {
  await table.start();
  account = await stackAccount(asked, () => outputs);
  environment.AWS_ENDPOINT_URL_DYNAMODB = table.url;
  environment.AWS_ENDPOINT_URL_CLOUDFORMATION = account.url;
  environment.AWS_ENDPOINT_URL_STS = account.url;
  Object.assign(process.env, environment);
});
beforeEach(() => {
  asked.length = 0;
  outputs = { ProviderStateTable: table.name, ProvidersRole: 'arn:aws:iam::111122223333:role/providers' };
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  await account.close();
  await table.stop();
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  try {
    const code = await runProviders(args);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const left = { generation: 0, at: '2026-12-01T08:00:00.000Z', refusals: 7, models: ['gpt-5.4', 'gpt-5.4-mini'] };
const STACK = ['--stack', 'exemple-foundation', '--region', 'eu-central-1'];

test('an operator sees and readmits providers by the role of the foundation', async () => {
  const states = new DynamoDbProviderStates({ client: table.client, name: table.name });
  await states.leave({ name: 'azure-eu', kind: 'key', ...left });
  expect((await run('list', ...STACK)).out).toBe(
    'azure-eu  out of use since 2026-12-01T08:00:00.000Z: it refused the key or the account (7 consecutive refusals; called: gpt-5.4, gpt-5.4-mini)',
  );
  expect(asked).toEqual(['DescribeStacks exemple-foundation', 'AssumeRole arn:aws:iam::111122223333:role/providers']);
  const { out } = await run('readmit', 'azure-eu', '--reason', 'paid', ...STACK, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ name: 'azure-eu', reason: 'paid', generation: expect.any(Number) });
  expect(await run('list', ...STACK)).toEqual({ code: 0, out: '', err: 'no provider is out of use' });
  expect((await states.read(['azure-eu'])).left.size).toBe(0);
  await expect(run('readmit', 'azure-eu', ...STACK)).rejects.toThrow("'azure-eu' isn't out of use");
});

test("the operator of 'serve' does so in its data folder", async () => {
  const data = folder({ 'serve.sqlite': '' });
  await new ProviderFiles(data).leave({ name: 'openai/gpt-5.4', kind: 'access', ...left });
  expect(JSON.parse((await run('list', '--data', data, '--format', 'json')).out).data).toMatchObject([
    { name: 'openai/gpt-5.4', kind: 'access' },
  ]);
  expect((await run('readmit', 'openai/gpt-5.4', '--data', data)).out).toContain(
    "'openai/gpt-5.4' has been readmitted",
  );
  await expect(run('list', '--data', files)).rejects.toThrow("isn't a data folder of 'serve'");
});

test.each<[string[], RegExp]>([
  [[], /^providers takes one of: list, readmit$/],
  [['list', 'openai'], /^providers list takes options only$/],
  [['list', '--reason', 'x'], /^--reason applies to providers readmit only/],
  [['readmit'], /^providers readmit takes the name of one provider/],
  [['readmit', 'Open AI'], /^providers readmit takes the name of one provider/],
  [['readmit', 'a', 'b'], /^providers readmit takes the name of one provider/],
  [['readmit', 'a', '--reason', 'two\nlines'], /^--reason: allowed: one line/],
  [['list', '--data', 'x', '--table', 'y'], /given twice, by --data and by --table; omit one$/],
  [['list', '--config', path.join(files, 'residency.yaml')], /no model has a destination outside AWS/],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});

test('a foundation without providers outside AWS has no such table', async () => {
  outputs = {};
  await expect(run('list', ...STACK)).rejects.toThrow("has no output 'ProviderStateTable'");
});

describe('drill --provider', () => {
  const NOT_ASKED = ['--model', 'a', '--url', 'http://127.0.0.1:1', '--data', files];
  const drill = (...args: string[]) => runProviderDrill(['--provider', 'openai', ...args]);
  afterEach(() => {
    delete process.env.EU_RESIDENCY_KEY;
  });

  test.each<[string[], string | undefined, RegExp]>([
    [['--provider', 'Open AI', '--model', 'a', '--url', 'http://127.0.0.1:1'], 'k', /^--provider: found 'Open AI'/],
    [['--url', 'http://127.0.0.1:1'], 'k', /^--model is missing/],
    [['--model', 'a'], 'k', /^--url is missing; add the base URL of the projects' API, or of a workspace$/],
    [['--model', 'a', '--url', 'http://127.0.0.1:1'], undefined, /^'EU_RESIDENCY_KEY' contains no key/],
    [['--model', 'a', '--url', 'http://example.eu'], 'k', /^--url: found/],
    [
      [...NOT_ASKED, '--out', path.join(files, 'none', 'drill.json')],
      'k',
      /^--out: the file can't be written \(ENOENT\); name/,
    ],
    [[...NOT_ASKED, '--out', path.join(files, 'residency.yaml', 'x')], 'k', /\(ENOTDIR\)/],
    [[...NOT_ASKED, '--out', files], 'k', /\(EISDIR\)/],
    [[...NOT_ASKED, '--out', ''], 'k', /\(ENOENT\)/],
  ])('%j is refused', async (args, key, message) => {
    if (key !== undefined) process.env.EU_RESIDENCY_KEY = key;
    await expect(drill(...args)).rejects.toThrow(message);
  });

  test('a deployment that does not answer is not drilled', async () => {
    process.env.EU_RESIDENCY_KEY = 'key';
    const data = folder({ 'serve.sqlite': '' });
    writeFileSync(path.join(data, 'x'), '');
    await expect(drill('--model', 'a', '--url', 'http://127.0.0.1:1', '--data', data)).rejects.toThrow(
      "model 'a' isn't answered before the drill",
    );
    expect(await new ProviderFiles(data).list()).toEqual([]);
  });
});
