import { runScim } from '@/lib/cli/run/run-scim';
import { DynamoDbKeys } from '@/lib/runtime/gateway/keys/dynamodb-keys';
import { isKeyOf } from '@/lib/runtime/gateway/keys/secret';
import { scimConfig } from '@/test/support/scim-config';
import type { Server } from '../../runtime/gateway/support/serve';
import { LocalTable } from '../../support/local-table';
import { stackAccount } from '../stack-account';
import { folder } from '../support';

const table = new LocalTable();
let account: Server;
const asked: string[] = [];
const environment: Record<string, string> = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_SECRET_ACCESS_KEY: 'test' };

beforeAll(async () => {
  await table.start();
  account = await stackAccount(asked, () => ({
    ScimTokensTable: table.name,
    ScimTokensRole: 'arn:aws:iam::111122223333:role/scim-tokens',
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

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  try {
    const code = await runScim(args);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const at = (workspace: string) => ['--workspace', workspace, '--table', table.name, '--region', 'eu-central-1'];
const recordOf = (token: string) =>
  new DynamoDbKeys({ client: table.client, name: table.name }).find(token.split('.')[0] ?? '');

test('a token is printed once and alone, and ends', async () => {
  const { code, out, err } = await run('create', ...at('sciences'));
  expect(code).toBe(0);
  expect(out).toMatch(/^eurscim_[\w-]{16}\.[\w-]{43}$/);
  expect(err).toMatch(
    /^a SCIM token of workspace 'sciences', which works until .*Z; store it now: it can't be shown again$/,
  );
  const record = await recordOf(out);
  expect(record?.expires?.getTime()).toBeGreaterThan(Date.now() + 364 * 86_400_000);
  expect(isKeyOf(record, out, new Date())).toBe(true);
  expect(JSON.stringify(record)).not.toContain(out.split('.')[1]);
  expect((await run('list', ...at('sciences'))).out).toMatch(/^eurscim_[\w-]{16} {2}.*works until/m);
});

test('two secrets of a token work during a rotation, and two tokens are the most', async () => {
  const { token: old, id } = JSON.parse((await run('create', ...at('office'), '--format', 'json')).out);
  const { out: next } = await run('rotate', id, ...at('office'), '--overlap', '1h', '--expires', '30d');
  const record = await recordOf(next);
  for (const each of [old, next]) expect(isKeyOf(record, each, new Date())).toBe(true);
  expect(isKeyOf(record, old, new Date(Date.now() + 3_600_000))).toBe(false);
  const { out: second } = await run('create', ...at('office'));
  await expect(run('create', ...at('office'))).rejects.toThrow(/has 2 valid tokens, and can have 2; revoke 'eurscim_/);
  expect((await run('revoke', id, ...at('office'))).err).toMatch(/has been revoked; .* up to 60 seconds more$/);
  expect((await recordOf(next))?.revoked).toBeInstanceOf(Date);
  await expect(run('revoke', id, ...at('office'))).rejects.toThrow('was revoked at');
  await expect(run('rotate', second.split('.')[0] ?? '', ...at('sciences'))).rejects.toThrow('has no SCIM token');
});

test.each<[string[], RegExp]>([
  [[], /^scim takes one of: create, list, rotate, revoke$/],
  [['create'], /^--workspace is missing/],
  [['create', '--workspace', 'A_B'], /^--workspace: found 'A_B'/],
  [['create', 'x', '--workspace', 'a'], /takes options only$/],
  [['create', '--workspace', 'a', '--expires', '800d'], /^--expires: found '800d'.* at most 730d$/],
  [['list', '--workspace', 'a', '--expires', '1d'], /^--expires applies to scim create and rotate only/],
  [['revoke', `eurscim_${'a'.repeat(16)}.secret`, '--workspace', 'a'], /^scim revoke takes the id of one token/],
  [['list', '--workspace', 'a', '--table', 'x', '--stack', 'y'], /given twice/],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});

test('the stack of the workspace is that of the configuration, which must have scim', async () => {
  const config = (keys: string) => folder({ 'residency.yaml': scimConfig('{ member: [chat] }', keys) });
  const file = (where: string) => ['list', '--workspace', 'sciences', '--config', `${where}/residency.yaml`];
  await run(...file(config('    scim: {}\n')));
  expect(asked.join('\n')).toContain('exemple-workspace-sciences');
  await expect(run(...file(config('')))).rejects.toThrow("has no workspace 'sciences' with 'scim'");
});
