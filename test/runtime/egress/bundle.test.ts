import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Authority } from './support/authority';
import { FakeProvider } from './support/fake-provider';
import { arnOf, BODY, CONTENT, POLICY, requestOf } from './support/invoke';

const KEY = 'sk-canary-0123456789';
const BUNDLE = path.join(__dirname, '../../../dist/bundles/egress/index.mjs');
const RUNNER = path.join(__dirname, 'support/run-bundle.mjs');
/** `EGRESS_NODE` names another version, such as the one that Lambda runs. */
const NODE = process.env.EGRESS_NODE ?? process.execPath;

const folder = mkdtempSync(path.join(tmpdir(), 'egress-bundle-'));
const authority = new Authority();
const provider = new FakeProvider(authority);
let secret = KEY;
const secrets = createServer((request, response) => {
  request.resume().on('end', () => response.end(JSON.stringify({ VersionId: 'v1', SecretString: secret })));
});
beforeAll(async () => {
  writeFileSync(path.join(folder, 'ca.pem'), authority.cert);
  await provider.listen(authority.issue(['eu.api.openai.com']));
  await new Promise<void>((resolve) => secrets.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  provider.forget();
  secret = KEY;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  authority.close();
  await provider.close();
  secrets.close();
});

async function run(events: readonly object[], environment: Record<string, string> = {}, policy: unknown = POLICY) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  writeFileSync(path.join(folder, 'events.json'), JSON.stringify(events));
  const { stdout, stderr } = await promisify(execFile)(NODE, [RUNNER], {
    env: {
      BUNDLE,
      EVENTS: path.join(folder, 'events.json'),
      LAMBDA_TASK_ROOT: folder,
      PROVIDER_PORT: `${provider.port}`,
      TRUSTED: path.join(folder, 'ca.pem'),
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
      ...environment,
    },
  });
  const [, found = '{}'] = /^WRITTEN (.*)$/m.exec(stdout) ?? [];
  const result: { written: string[]; looked: string[] } = JSON.parse(found);
  return { ...result, log: stdout.replace(/^WRITTEN .*$/m, '') + stderr };
}

const event = { event: requestOf(), arn: arnOf() };

test('the built function answers from the provider, and logs neither the key nor the content', async () => {
  provider.answer = (_, response) => void response.end('{"choices":[]}');
  const { written, looked, log } = await run([event, event]);
  expect(written).toEqual(Array(2).fill('{"status":200}\0\0\0\0\0\0\0\0{"choices":[]}'));
  expect(looked).toEqual(Array(2).fill('eu.api.openai.com.'));
  expect(provider.received.map(({ body, headers }) => [body, headers.authorization])).toEqual(
    Array(2).fill([JSON.stringify(BODY), `Bearer ${KEY}`]),
  );
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual(Array(2).fill(expect.objectContaining({ event: 'egress', provider: 'openai', status: 200 })));
  expect([KEY, CONTENT].filter((text) => log.includes(text))).toEqual([]);
});

test('the built function refuses a request, and stops without a key, before it looks a name up', async () => {
  secret = 'no-key';
  const { written, looked } = await run([{ ...event, arn: arnOf().replace(/:projects$/, '') }, event]);
  expect(written.map((text) => JSON.parse(text.replace(/\0+$/, '')))).toEqual([
    { status: 0, failure: 'refused' },
    { status: 0, failure: 'no-key' },
  ]);
  expect(looked).toEqual([]);
});

test.each<[string, Record<string, string>, unknown, RegExp]>([
  ['other authorities', { NODE_EXTRA_CA_CERTS: '/tmp/none.pem' }, POLICY, /would have to ignore NODE_EXTRA_CA_CERTS/],
  ['a proxy', { https_proxy: 'http://127.0.0.1:9' }, POLICY, /would have to ignore https_proxy/],
  ['no Region', { AWS_REGION: '' }, POLICY, /'AWS_REGION' is not set/],
  ['an endpoint outside', { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'https://example.com' }, POLICY, /isn't inside/],
  ['a policy of another form', {}, { ...POLICY, further: 1 }, /policy.json doesn't have the form/],
])('the built function does not start with %s', async (_, environment, policy, message) => {
  await expect(run([], environment, policy)).rejects.toThrow(message);
});
