import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { explained } from '@/lib/cli/deployed/table-errors';
import { runKeys } from '@/lib/cli/run/run-keys';
import { DynamoDbKeys } from '@/lib/runtime/gateway/keys/dynamodb-keys';
import { isActive } from '@/lib/runtime/gateway/keys/key-record';
import { isKeyOf } from '@/lib/runtime/gateway/keys/secret';
import { changed } from '../../releases/support/json';
import type { Server } from '../../runtime/gateway/support/serve';
import { builtCommand } from '../../support/built-command';
import { LocalTable } from '../../support/local-table';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const ROOT = path.join(__dirname, '../../..');
const table = new LocalTable();
/** CloudFormation and STS, as far as the command asks them. */
let account: Server;
const asked: string[] = [];
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };

beforeAll(async () => {
  await table.start();
  account = await stackAccount(asked, () => ({
    KeysTable: table.name,
    KeysRole: 'arn:aws:iam::111122223333:role/manager',
  }));
  environment.AWS_ENDPOINT_URL_DYNAMODB = table.url;
  environment.AWS_ENDPOINT_URL_CLOUDFORMATION = account.url;
  environment.AWS_ENDPOINT_URL_STS = account.url;
  Object.assign(process.env, environment);
});
afterAll(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  await account.close();
  await table.stop();
});

/** Runs `keys` in this process. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  try {
    const code = await runKeys(args);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const at = (project: string) => ['--project', project, '--table', table.name, '--region', 'eu-central-1'];
const registry = () => new DynamoDbKeys({ client: table.client, name: table.name });
const recordOf = (key: string) => registry().find(key.split('.')[0] ?? '');

test('a key that was created opens its project, and is printed once and alone', async () => {
  const { code, out, err } = await run('create', ...at('tickets'), '--label', 'ticket robot');
  expect(code).toBe(0);
  expect(out).toMatch(/^eur_[\w-]{16}\.[\w-]{43}$/);
  expect(err).toBe("a key of project 'tickets', which never expires; store it now: it can't be shown again");
  const record = await recordOf(out);
  expect(record).toMatchObject({ project: 'tickets', label: 'ticket robot' });
  expect(isKeyOf(record, out, new Date())).toBe(true);
  const { out: list } = await run('list', ...at('tickets'));
  expect(list).toMatch(/^id {20}created {5}state {2}label\neur_[\w-]{16} {2}\d{4}-\d\d-\d\d {2}works {2}ticket robot$/);
});

test('a key has its own budget and is counted by its label, also after a rotation', async () => {
  const budget = ['--tokens-per-month', '1000000', '--usd-per-month', '49.9'];
  const { out } = await run('create', ...at('capped'), '--label', 'Stadt A', ...budget, '--format', 'json');
  const { key, id } = JSON.parse(out);
  const expected = { label: 'Stadt A', countsLabel: true, tokensPerMonth: 1_000_000, usdPerMonth: 49.9 };
  expect(JSON.parse(out)).toMatchObject({ tokensPerMonth: 1_000_000, usdPerMonth: 49.9 });
  expect(await recordOf(key)).toMatchObject(expected);
  const { out: rotated } = await run('rotate', id, ...at('capped'));
  expect(await recordOf(rotated)).toMatchObject(expected);
  expect((await run('list', ...at('capped'))).out).toMatch(
    /^id .* {2}month {19}label\neur_.* {2}1000000 tokens, \$49\.90 {2}Stadt A$/,
  );
});

test('a budget in US dollars is refused where the gateway has no prices', async () => {
  const file = (limits: string, models: string) =>
    folder({
      'residency.yaml': `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
  - { id: assistant, destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }] }
  - { id: embed, destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }] }
projects: [{ id: bot, models: ${models}, limits: ${limits} }]
`,
    });
  const create = (limits: string, models = '[assistant]') => {
    const config = path.join(file(limits, models), 'residency.yaml');
    return run('create', '--project', 'bot', '--config', config, '--usd-per-month', '5');
  };
  await expect(create('{ tokensPerMonth: 5 }')).rejects.toThrow('has no budget in money for a project');
  expect((await create('{ usdPerMonth: 5 }')).out).toMatch(/^eur_/);
  // Another project's budget gives the gateway prices, but none of a server.
  const other = '{} }, { id: other, models: [assistant], limits: { usdPerMonth: 5 }';
  expect((await create(other)).out).toMatch(/^eur_/);
  await expect(create(other, '[assistant, embed]')).rejects.toThrow(
    "no reliable price for these models of project 'bot': embed; the gateway would refuse the key; use --tokens-per-month",
  );
});

test('keys are rotated and revoked by their id', async () => {
  const {
    key: old,
    id,
    expires,
  } = JSON.parse((await run('create', ...at('life'), '--expires', '90d', '--format', 'json')).out);
  expect(Date.parse(expires)).toBeGreaterThan(Date.now() + 89 * 86_400_000);
  const { out: key, err } = await run('rotate', id, ...at('life'), '--overlap', '1h');
  expect(err).toMatch(new RegExp(`^the new secret of key '${id}', which works until .*; the old one works until .*Z$`));
  expect(key.split('.')[0]).toBe(id);
  const rotated = await recordOf(key);
  for (const each of [old, key]) expect(isKeyOf(rotated, each, new Date())).toBe(true);
  expect(isKeyOf(rotated, old, new Date(Date.now() + 3_600_000))).toBe(false);
  expect((await run('list', ...at('life'))).out).toMatch(/works until .* UTC; old secret until .* UTC$/m);
  await expect(run('rotate', id, ...at('life'))).rejects.toThrow(
    'was rotated before, and its old secret is valid until',
  );

  expect((await run('revoke', id, ...at('life'))).err).toBe(
    `key '${id}' has been revoked; a gateway that has just looked it up accepts it for up to 60 seconds more`,
  );
  const revoked = await recordOf(key);
  expect(revoked && isActive(revoked, new Date())).toBe(false);
  expect((await run('list', ...at('life'))).out).toMatch(/revoked \d{4}-/);
  for (const action of ['rotate', 'revoke']) await expect(run(action, id, ...at('life'))).rejects.toThrow(`'${id}'`);
});

test('a list tells nothing of what is kept of a secret, and no label moves the terminal', async () => {
  await run('create', ...at('listed'), '--label', 'a\u001b[31mb');
  expect((await run('list', ...at('listed'))).out).toContain('a\\u001b[31mb');
  const { out } = await run('list', ...at('listed'), '--format', 'json');
  expect(changed('keys list', out)).toEqual([]);
  expect(Object.keys(JSON.parse(out)[0])).toHaveLength(10);
  expect(await run('list', ...at('empty'))).toMatchObject({
    out: '',
    err: expect.stringContaining("'empty' has no keys"),
  });
});

test("another project's key is neither rotated nor revoked", async () => {
  const { out: key } = await run('create', ...at('mine'));
  const [id = ''] = key.split('.');
  for (const action of ['rotate', 'revoke']) {
    await expect(run(action, id, ...at('theirs'))).rejects.toThrow(`project 'theirs' has no key '${id}'`);
  }
});

test('the stack and its Region are found by residency.yaml, and the role of the stack is taken on', async () => {
  asked.length = 0;
  const config = ['--config', path.join(ROOT, 'residency.yaml')];
  const { out } = await run('create', '--project', 'helpdesk-bot', ...config);
  expect(await recordOf(out)).toMatchObject({ project: 'helpdesk-bot' });
  const role = 'arn:aws:iam::111122223333:role/manager';
  expect(asked).toEqual(['DescribeStacks exemple-projects', `AssumeRole ${role}`]);
  await expect(run('create', '--project', 'other', ...config)).rejects.toThrow(
    /^--project: .*residency\.yaml has no project 'other'; it has: helpdesk-bot; /,
  );
  await expect(run('list', '--project', 'x', '--stack', 'other', '--region', 'eu-central-1')).rejects.toThrow(
    'there is no such stack in this Region; deploy it, or check its name and --region',
  );
});

const KEY = `eur_${'A'.repeat(16)}.${'B'.repeat(43)}`;
test.each<[string, string[], string]>([
  ['no action', [], 'keys takes one of: create, list, rotate, revoke'],
  ['a key in place of an action', [KEY, ...at('x')], 'keys takes one of: create, list, rotate, revoke'],
  ['no project', ['list'], '--project is missing; add --project ID'],
  ['a wrong project', ['list', '--project', 'A b'], "--project: found 'A b'"],
  ['an id where none belongs', ['create', 'x', ...at('x')], 'keys create takes options only'],
  ['no id', ['revoke', ...at('x')], 'keys revoke takes the id of one key'],
  ['a whole key', ['revoke', KEY, ...at('x')], 'which is the part before its dot'],
  ['two ids', ['revoke', 'eur_a', 'eur_b', ...at('x')], 'takes the id of one key'],
  ['a label to list', ['list', ...at('x'), '--label', 'x'], '--label applies to keys create only; omit it'],
  ['an overlap to create', ['create', ...at('x'), '--overlap', '1h'], '--overlap applies to keys rotate only'],
  ['a long label', ['create', ...at('x'), '--label', 'x'.repeat(201)], '--label: allowed: one line'],
  [
    'half a token',
    ['create', ...at('x'), '--tokens-per-month', '0.5'],
    "--tokens-per-month: found '0.5'; allowed: a whole",
  ],
  [
    'parts of a cent',
    ['create', ...at('x'), '--usd-per-month', '1.005'],
    "--usd-per-month: found '1.005'; allowed: an amount",
  ],
  ['no money', ['create', ...at('x'), '--usd-per-month', '0'], "--usd-per-month: found '0'; allowed: an amount"],
  [
    'too much',
    ['create', ...at('x'), '--usd-per-month', '1000001'],
    "--usd-per-month: found '1000001'; allowed: an amount",
  ],
  [
    'a budget to rotate',
    ['rotate', 'eur_a', ...at('x'), '--tokens-per-month', '5'],
    '--tokens-per-month applies to keys create only',
  ],
  ['an end at once', ['create', ...at('x'), '--expires', '0d'], "--expires: found '0d'; allowed: a period such as"],
  ['an end in words', ['create', ...at('x'), '--expires', 'soon'], "--expires: found 'soon'"],
  ['a format that does not exist', ['list', ...at('x'), '--format', 'xml'], "--format: found 'xml'"],
  ['table and stack', ['list', ...at('x'), '--stack', 's'], 'the table is given twice'],
  ['a table that is not there', ['list', ...at('x'), '--table', 'gone'], 'there is no such table in this Region'],
])('%s is refused, and no key repeated', async (_, args, message) => {
  const refused = await run(...args).then(
    () => 'done',
    (error: Error) => `${error.name} ${error.message}`,
  );
  expect(refused).toMatch(/^UsageError /);
  expect(refused).toContain(message);
  expect(refused).not.toContain('B'.repeat(43));
});

test.each([
  ['AccessDeniedException', {}, "the account's IAM policies must allow you"],
  ['AccessDenied', {}, "assume its role 'KeysRole'"],
  ['CredentialsProviderError', {}, 'no valid AWS credentials were found; sign in'],
  ['UnrecognizedClientException', {}, 'AWS accepts no credentials of yours'],
  ['ExpiredToken', {}, 'sign in, or set AWS_PROFILE'],
  ['Error', { message: 'Region is missing' }, 'the Region is missing; add --region'],
  ['Error', { code: 'ECONNREFUSED' }, "AWS can't be reached from here (Error: "],
])('%s %j is explained', (name, over, message) => {
  expect((explained(Object.assign(new Error(), { name }, over), 'KeysRole') as Error).message).toContain(message);
});

test.each([
  ['unknown', new TypeError('unknown')],
  ['of a file', Object.assign(new Error('no'), { code: 'ENOENT', syscall: 'open', path: 'none/a.json' })],
])('an error that is %s is passed on unchanged', (_, error) => {
  expect(explained(error, 'KeysRole')).toBe(error);
});

test('the published command makes a key without any package installed, and loads the AWS SDK only for that', async () => {
  const root = folder();
  const command = builtCommand(root);
  const { NODE_PATH: _, ...rest } = process.env;
  const options = { cwd: root, env: { ...rest, ...environment } };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, 'keys', 'create', ...at('process')],
    options,
  );
  expect(isKeyOf(await recordOf(stdout.trim()), stdout.trim(), new Date())).toBe(true);
  const { status, stderr } = spawnSync(process.execPath, [command, 'keys', 'create'], { ...options, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toBe("eu-residency: --project is missing; add --project ID, the project's id in residency.yaml\n");
  rmSync(path.join(root, 'lib/cli'), { recursive: true });
  expect(execFileSync(process.execPath, [command, 'explain'], { ...options, encoding: 'utf8' })).toContain('edge-type');
}, 60_000);

/** The row of an open project. */
const openProject = (id: string, over: object = {}) =>
  table.client.send(
    new PutItemCommand({
      TableName: table.name,
      Item: {
        pk: { S: 'projects' },
        sk: { S: id },
        request: { S: 'A'.repeat(43) },
        limits: { M: {} },
        created: { S: '2026-11-24T10:00:30.000Z' },
        ...over,
      },
    }),
  );

test('the key of an open project says so, and rotations keep it', async () => {
  await openProject('acme');
  const { out } = await run('create', ...at('acme'));
  expect(await recordOf(out)).toMatchObject({ project: 'acme', open: true });
  await run('rotate', out.split('.')[0] ?? '', ...at('acme'));
  expect(await recordOf(out)).toMatchObject({ open: true, rotated: expect.any(Date) });
  // A declared project has no row.
  expect(await recordOf((await run('create', ...at('declared'))).out)).not.toHaveProperty('open');
});

test('an open project that has ended, or whose row is forged, gets no key', async () => {
  await openProject('gone', { ended: { S: '2026-11-25T10:00:30.000Z' } });
  await expect(run('create', ...at('gone'))).rejects.toThrow(
    /ended at 2026-11-25T10:00:30.000Z, and its id is never used again/,
  );
  await openProject('forged', { regions: { S: 'us-east-1' } });
  await expect(run('create', ...at('forged'))).rejects.toThrow(/doesn't have the form of an open project/);
});

test('where the configuration opens projects, a project must be declared or exist', async () => {
  const config = path.join(folder(), 'residency.yaml');
  writeFileSync(config, OPEN_FILE);
  const of = (project: string) => ['--project', project, '--config', config];
  await openProject('acme');
  // Declared later than it was created: the declaration counts.
  await openProject('bot');
  expect(await recordOf((await run('create', ...of('acme'))).out)).toMatchObject({ open: true });
  expect(await recordOf((await run('create', ...of('bot'))).out)).not.toHaveProperty('open');
  await expect(run('create', ...of('unknown'))).rejects.toThrow(
    /there is no project 'unknown', neither declared nor open; create it with 'eu-residency projects create unknown'/,
  );
});

test('a budget in US dollars needs prices of the models of an open project only', async () => {
  const config = path.join(folder(), 'residency.yaml');
  writeFileSync(
    config,
    OPEN_FILE.replace(
      'models: [{',
      'models: [{ id: assistant, destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }] }, {',
    )
      .replace('bot, models: [embed]', 'bot, models: [assistant], limits: { usdPerMonth: 5 }')
      .replace('open: { models: [embed]', 'open: { models: [assistant, embed]'),
  );
  const create = (project: string) => run('create', '--project', project, '--config', config, '--usd-per-month', '5');
  await openProject('narrowed', { models: { L: [{ S: 'assistant' }] } });
  await openProject('broad');
  expect((await create('narrowed')).out).toMatch(/^eur_/);
  await expect(create('broad')).rejects.toThrow(
    "no reliable price for these models of project 'broad': embed; the gateway would refuse the key; use --tokens-per-month, or create a project",
  );
});

const OPEN_FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: { none: a test }
models: [{ id: embed, destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }] }]
projects:
  declared: [{ id: bot, models: [embed] }]
  open: { models: [embed], limits: { requestsPerMinute: 5 }, maximum: 2 }
`;
