import path from 'node:path';
import { runDrill } from '@/lib/cli/run/run-drill';
import type { DrillReport } from '@/lib/runtime/recovery/drill';
import { changed } from '../../releases/support/json';
import { listen, type Server } from '../../runtime/gateway/support/serve';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const text = (regions: string) => `boundary: eu
name: exemple
regions: { primary: eu-central-1${regions} }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }] }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
  - { id: office, edition: edu, retention: 365d, models: [assistant] }
`;
const files = folder({ 'residency.yaml': text(', recovery: eu-west-1'), 'alone.yaml': text('') });
const [CONFIG, ALONE] = ['residency.yaml', 'alone.yaml'].map((name) => path.join(files, name)) as [string, string];

const whole = (read: number) => ({ read, decrypted: read, withoutKey: 0, missing: 0, unreadable: 0 });
const GOOD: DrillReport = { rows: whole(12), objects: whole(3), members: 4, newest: '2026-11-27T08:00:00.000Z' };

const asked: string[] = [];
const ran: string[] = [];
let answer: { readonly body: unknown; readonly error?: string } = { body: GOOD };
let servers: Server[];
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };
beforeAll(async () => {
  const account = await stackAccount(asked, () => ({
    DrillFunction: 'drill-of-sciences',
    DrillRole: 'arn:aws:iam::111122223333:role/drill',
  }));
  const lambda = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    ran.push(
      `${request.url} ${Buffer.concat(chunks)} by ${/Credential=([^/]+\/\d+\/[^/]+)/.exec(request.headers.authorization ?? '')?.[1]}`,
    );
    response.writeHead(200, answer.error === undefined ? {} : { 'x-amz-function-error': answer.error });
    response.end(JSON.stringify(answer.body));
  });
  servers = [account, lambda];
  environment.AWS_ENDPOINT_URL_CLOUDFORMATION = account.url;
  environment.AWS_ENDPOINT_URL_STS = account.url;
  environment.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
  Object.assign(process.env, environment);
});
beforeEach(() => {
  answer = { body: GOOD };
  asked.length = 0;
  ran.length = 0;
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  for (const server of servers) await server.close();
});

async function run(...args: string[]) {
  const out = jest.spyOn(console, 'log').mockImplementation();
  try {
    const code = await runDrill(['--config', CONFIG, ...args]);
    return { code, out: out.mock.calls.flat().join('\n') };
  } finally {
    out.mockRestore();
  }
}

test('each workspace is read back in the recovery Region, by the role of its stack', async () => {
  const { code, out } = await run('--rows', '20');
  expect(code).toBe(0);
  const line =
    '12 of 12 rows and 3 of 3 objects of 4 members decrypted; the newest row was written at 2026-11-27T08:00:00.000Z';
  expect(out).toBe(`sciences, eu-west-1: ${line}\noffice, eu-west-1: ${line}`);
  const role = 'AssumeRole arn:aws:iam::111122223333:role/drill';
  expect(asked).toEqual([
    'DescribeStacks exemple-recovery-drill-sciences',
    role,
    'DescribeStacks exemple-recovery-drill-office',
    role,
  ]);
  const day = expect.stringMatching(
    /^\/2015-03-31\/functions\/drill-of-sciences\/invocations {"rows":20} by AKIDROLE\/\d{8}\/eu-west-1$/,
  );
  expect(ran).toEqual([day, day]);
});

test('what was not decrypted is counted with its reason, and the exit code says so', async () => {
  const rows = { ...whole(12), decrypted: 9, withoutKey: 2, missing: 1 };
  answer = { body: { ...GOOD, rows, objects: { ...whole(3), decrypted: 2, unreadable: 1 } } };
  const { code, out } = await run('sciences');
  expect(code).toBe(1);
  expect(out).toContain('9 of 12 rows and 2 of 3 objects');
  expect(out).toContain('\n  2 rows of a member without a key there');
  expect(out).toContain('\n  1 row with an object that is not in the bucket there');
  expect(out).toContain('\n  1 object with other content than was written');
});

test('a replica without content is no success', async () => {
  answer = { body: { rows: whole(0), objects: whole(0), members: 0 } };
  expect(await run('office')).toEqual({ code: 1, out: 'office, eu-west-1: no content there' });
});

test('as JSON', async () => {
  const { out } = await run('sciences', '--format', 'json');
  expect(changed('drill', out)).toEqual([]);
  expect(JSON.parse(out)).toEqual({ drills: [{ workspace: 'sciences', region: 'eu-west-1', ...GOOD }] });
});

test('a function that failed says why, and where more is', async () => {
  answer = {
    body: { errorMessage: 'the drill stopped, and nothing is known: ThrottlingException' },
    error: 'Unhandled',
  };
  await expect(run('sciences')).rejects.toThrow(
    "the drill stopped, and nothing is known: ThrottlingException; see the log of function 'drill-of-sciences' in eu-west-1",
  );
});

test.each<[string[], string]>([
  [['chemistry'], "has no workspace 'chemistry'; it has: sciences, office"],
  [['--config', ALONE], "replicates no workspace; name a second Region with 'regions: { recovery: REGION }'"],
  [['--rows', '0'], "--rows: found '0'; allowed: a whole number from 1 to 500"],
  [['--rows', '1e3'], "--rows: found '1e3'"],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
  expect(ran).toEqual([]);
});
