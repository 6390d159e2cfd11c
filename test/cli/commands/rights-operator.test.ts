import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readOperatorCommand } from '@/lib/cli/administration/operator-options';
import { rights } from '@/lib/cli/commands/rights';
import { OperatorFiles } from '@/lib/local/operator-files';
import { listen, type Server } from '../../runtime/gateway/support/serve';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const JOB = `export_${'0'.repeat(44)}`;
const files = folder({
  'residency.yaml': `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]
`,
});
const CONFIG = path.join(files, 'residency.yaml');

const asked: string[] = [];
const ran: string[] = [];
let servers: Server[];
let outputs: Record<string, string>;
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };
beforeAll(async () => {
  const account = await stackAccount(asked, () => outputs);
  const lambda = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const by = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
    ran.push(`${request.url} ${Buffer.concat(chunks)} by ${by}`);
    response.end(JSON.stringify({ id: JOB, object: 'rights.job', kind: 'export', state: 'awaiting-release' }));
  });
  servers = [account, lambda];
  environment.AWS_ENDPOINT_URL_CLOUDFORMATION = account.url;
  environment.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
  Object.assign(process.env, environment);
});
beforeEach(() => {
  outputs = { OperatorFunction: 'confirm-of-sciences' };
  asked.length = 0;
  ran.length = 0;
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  for (const server of servers) await server.close();
});

async function run(...args: string[]): Promise<string> {
  const out = jest.spyOn(console, 'log').mockImplementation();
  try {
    expect(await rights(['operator-confirm', JOB, '--workspace', 'sciences', ...args])).toBe(0);
    return out.mock.calls.flat().join('\n');
  } finally {
    out.mockRestore();
  }
}

test.each([
  [[], { confirm: false }],
  [['--yes'], { confirm: true }],
  [['--cancel'], { confirm: false, cancel: true }],
])('with %j, the operator’s own credentials run the function of the stack', async (args, asks) => {
  expect(await run('--config', CONFIG, ...args)).toContain('state  awaiting-release');
  expect(asked).toEqual(['DescribeStacks exemple-workspace-sciences']);
  expect(ran).toEqual([
    `/2015-03-31/functions/confirm-of-sciences/invocations ${JSON.stringify({ job: JOB, ...asks })} by AKIDTEST`,
  ]);
});

test('a stack without the function is named', async () => {
  outputs = {};
  await expect(run('--config', CONFIG)).rejects.toThrow("has no output 'OperatorFunction'");
});

test('for serve, the data folder receives a file, which is taken once', async () => {
  const data = folder({ 'serve.sqlite': '' });
  expect(await run('--data', data, '--yes')).toMatch(/^confirmed; 'serve' applies it/);
  expect(readdirSync(data)).toEqual(['confirmed', 'serve.sqlite']);
  await expect(run('--data', folder({}), '--yes')).rejects.toThrow("--data: this isn't a data folder of 'serve'");
  const taken = (workspace: string) => new OperatorFiles(data, workspace).take('confirmed');
  expect([taken('office'), taken('sciences'), taken('sciences')]).toEqual([[], [JOB], []]);
  expect(await run('--data', data, '--cancel')).toMatch(/^cancelled; /);
  expect([taken('sciences'), new OperatorFiles(data, 'sciences').take('cancelled')]).toEqual([[], [JOB]]);
});

test.each([
  [[], 'takes the id of one export or erasure'],
  [['../x', '--workspace', 'sciences'], 'takes the id of one export or erasure'],
  [[JOB], '--workspace is missing'],
  [[JOB, '--workspace', '../x'], '--workspace is missing'],
  [[`close_${'0'.repeat(44)}`, '--workspace', 'sciences', '--yes'], 'takes the id of one export or erasure'],
  [[JOB, '--workspace', 'sciences', '--yes', '--cancel'], '--cancel and --yes contradict each other'],
  [[JOB, '--workspace', 'sciences', '--data', 'x'], '--data confirms at once; add --yes'],
])('%j is refused', (args, message) => {
  expect(() => readOperatorCommand(args)).toThrow(message);
});

test('an unknown workspace is refused', async () => {
  const found = rights(['operator-confirm', JOB, '--workspace', 'office', '--config', CONFIG]);
  await expect(found).rejects.toThrow('has no such workspace; it has: sciences');
});
