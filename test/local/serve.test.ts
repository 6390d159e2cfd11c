import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { readConfig } from '@/lib/config/load';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { SERVED } from '@/lib/config/model/purpose';
import { PACKAGED } from '@/lib/facts/packaged';
import { policiesOf } from '@/lib/local/policies';
import { ProviderFiles } from '@/lib/local/provider-files';
import { type Served, serve } from '@/lib/local/serve';
import type { ServeOptions } from '@/lib/local/serve-options';
import { idOf } from '@/lib/runtime/gateway/keys/key-form';
import type { UsageAnswer } from '@/lib/runtime/gateway/limits/usage-answer';
import type { ResidencyRecord } from '@/lib/runtime/http/records/residency-record';
import { watchContacts } from '../runtime/gateway/support/contacts';
import { UNRETAINED } from '../support/api-facts';

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }]
  - id: fast
    destinations: [{ bedrock: openai.gpt-oss-120b-1:0, api: chat-completions }]
  - id: embed
    destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant, embed] }
  - { id: office, edition: enterprise, retention: 30d, models: [fast] }
projects:
  - { id: helpdesk-bot, models: [assistant, embed] }
  - { id: search, models: [fast] }
`;
const read = (text: string) =>
  readConfig(text, 'residency.yaml', SERVED, [], (declared) => declared._withFacts(PACKAGED.with(UNRETAINED)));
const { boundary, deployment } = read(FILE);
const folder = () => mkdtempSync(path.join(tmpdir(), 'serve-'));

const records: ResidencyRecord[] = [];
function start(over: Partial<ServeOptions> = {}): Promise<Served> {
  if (deployment === undefined) throw new Error('no deployment');
  return serve({
    deployment,
    boundary,
    port: 0,
    data: folder(),
    upstream: 'echo',
    environment: {},
    record: (record) => void records.push(record),
    ...over,
  });
}

const data = folder();
let served: Served;
beforeAll(async () => {
  served = await start({ data });
});
afterAll(() => served.close());
beforeEach(() => {
  records.length = 0;
});

const one = <T extends { id: string }>(list: readonly T[], id: string): T =>
  list.find((candidate) => candidate.id === id) as T;
const project = (id = 'helpdesk-bot') => one(served.projects, id);
const workspace = (id = 'sciences') => one(served.workspaces, id);
const client = (baseURL: string, apiKey: string) => new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'Guten Tag' }];
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (error) => error.status,
  );

test('the echo answers for Bedrock’s Chat Completions API too, streamed or not', async () => {
  const { url, key } = project('search');
  const { chat } = client(url, key);
  const answer = await chat.completions.create({ model: 'fast', messages });
  expect(answer.choices[0]?.message.content).toContain('Guten Tag');
  expect(
    policiesOf(deployment as DeploymentConfig, boundary).projects?.models.find(({ id }) => id === 'fast')?.destinations,
  ).toEqual([{ region: 'eu-central-1', id: 'openai.gpt-oss-120b-1:0', api: 'chat-completions' }]);
  let text = '';
  for await (const chunk of await chat.completions.create({ model: 'fast', messages, stream: true }))
    text += chunk.choices[0]?.delta.content ?? '';
  expect(text).toBe(answer.choices[0]?.message.content);
});

test('OpenAI’s client chats, streams, responds and embeds in a project', async () => {
  const { url, key } = project();
  const openai = client(url, key);
  const chat = await openai.chat.completions.create({ model: 'assistant', messages });
  expect(chat.choices[0]?.message.content).toMatch(/not a model\. You said: Guten Tag$/);
  const streamed = await openai.chat.completions.stream({ model: 'assistant', messages }).finalContent();
  expect(streamed).toBe(chat.choices[0]?.message.content);
  const response = await openai.responses.create({ model: 'assistant', input: 'Guten Tag' });
  expect(response.output_text).toBe(streamed);
  const { data: vectors } = await openai.embeddings.create({ model: 'embed', input: ['a', 'b'] });
  expect(vectors.map(({ embedding }) => embedding.length)).toEqual([1024, 1024]);
  expect(records.map(({ tenant, outcome }) => [tenant, outcome])).toEqual(
    records.map(() => ['helpdesk-bot', 'answered']),
  );
});

test('every answer of the echo says that it is the echo, next to the headers of a deployment', async () => {
  const { url, key } = project();
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
  const body = (stream: boolean) => ({
    method: 'POST',
    body: JSON.stringify({ model: 'assistant', messages, stream }),
  });
  for (const response of [
    await ask('models'),
    await ask('chat/completions', body(false)),
    await ask('chat/completions', body(true)),
    await ask('nothing'),
  ]) {
    expect(response.headers.get('x-residency-echo')).toBe('local echo; no destination was called');
    await response.text();
  }
  const chat = await ask('chat/completions', body(false));
  expect(chat.headers.get('x-residency-destination')).toMatch(/^eu\.anthropic/);
  expect(chat.headers.get('x-residency-region')).toBe('eu-central-1');
  for (const stream of [false, true]) {
    const { headers } = await ask('chat/completions', body(stream));
    expect(headers.get('ai-disclosure')).toMatch(/^mode=machine-generated, /);
  }
});

test('with another upstream no answer claims to be the echo', async () => {
  const aws = await start({ upstream: 'aws' });
  const [own] = aws.projects;
  const response = await fetch(`${own?.url}/models`, { headers: { authorization: `Bearer ${own?.key}` } });
  expect(response.status).toBe(200);
  expect(response.headers.has('x-residency-echo')).toBe(false);
  await aws.close();
});

test('a project has only its own models, and only with its own key', async () => {
  const names = async ({ url, key }: { url: string; key: string }) =>
    (await client(url, key).models.list()).data.map(({ id }) => id);
  expect(await names(project())).toEqual(['assistant', 'embed']);
  expect(await names(project('search'))).toEqual(['fast']);
  const { url, key } = project('search');
  expect(await statusOf(client(url, key).chat.completions.create({ model: 'assistant', messages }))).toBe(404);
  for (const wrong of ['none', `${key}x`, key.slice(0, -1), workspace().tokens.member]) {
    expect(await statusOf(client(url, wrong).models.list())).toBe(401);
  }
  expect((await fetch(`${url}/models`)).status).toBe(401);
});

test.each([
  ['member', 200, 200],
  ['otherMember', 200, 200],
  ['admin', 200, 403],
  ['auditor', 200, 403],
] as const)('the token of a %s lists models: %d, and reaches content: %d', async (role, lists, reaches) => {
  const { url, tokens } = workspace();
  const openai = client(url, tokens[role]);
  expect(await statusOf(openai.models.list())).toBe(lists);
  expect(await statusOf(openai.chat.completions.create({ model: 'assistant', messages }))).toBe(reaches);
  expect(await statusOf(openai.responses.create({ model: 'assistant', input: 'hello' }))).toBe(reaches);
  expect(await statusOf(openai.embeddings.create({ model: 'embed', input: 'hello' }))).toBe(reaches);
});

test('a workspace’s token is refused in another workspace and in a project', async () => {
  for (const url of [workspace('office').url, project().url]) {
    expect(await statusOf(client(url, workspace().tokens.member).models.list())).toBe(401);
  }
  expect(await statusOf(client(workspace().url, project().key).models.list())).toBe(401);
});

test('every secret is unique and marked as for development', () => {
  const keys = served.projects.map(({ key }) => key);
  const tokens = served.workspaces.flatMap((one) => Object.values(one.tokens));
  expect(new Set([...keys, ...tokens]).size).toBe(10);
  for (const key of keys) {
    expect(key).toMatch(/^eudev_.*[A-Za-z0-9_-]{43}$/);
    expect(idOf(key, 'deployment')).toBeUndefined();
  }
  for (const token of tokens) {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'https://serve.invalid', token_use: 'id' });
  }
});

test('secrets survive a restart, and differ between folders', async () => {
  const kept = folder();
  const first = await start({ data: kept });
  await first.close();
  const again = await start({ data: kept });
  const other = await start();
  expect(again.projects.map(({ key }) => key)).toEqual(first.projects.map(({ key }) => key));
  expect(other.projects.map(({ key }) => key)).not.toEqual(first.projects.map(({ key }) => key));
  const models = ({ workspaces: [one] }: Served, by: Served) =>
    statusOf(client(one?.url ?? '', by.workspaces[0]?.tokens.member ?? '').models.list());
  expect([await models(again, first), await models(other, first)]).toEqual([200, 401]);
  await Promise.all([again.close(), other.close()]);
});

test('limits are enforced, and counts survive a restart', async () => {
  const limited = {
    ...(deployment as NonNullable<typeof deployment>),
    projects: [{ id: 'helpdesk-bot', models: ['assistant'], limits: { tokensPerDay: 20 } }],
  };
  const kept = folder();
  const ask = async ({ projects: [one] }: Served) =>
    statusOf(client(one?.url ?? '', one?.key ?? '').chat.completions.create({ model: 'assistant', messages }));
  const first = await start({ data: kept, deployment: limited });
  expect(await ask(first)).toBe(200);
  await first.close();
  const again = await start({ data: kept, deployment: limited });
  expect(await ask(again)).toBe(429);
  await again.close();
});

test('a budget in money is enforced, is told by the API, and survives a restart', async () => {
  const text = FILE.replace(
    'helpdesk-bot, models: [assistant, embed] }',
    'helpdesk-bot, models: [assistant], limits: { usdPerMonth: 0.01 } }',
  );
  const budgeted = read(text).deployment as NonNullable<typeof deployment>;
  const kept = folder();
  const used = async ({ projects: [served] }: Served) => {
    const response = await fetch(`${served?.url}/usage`, { headers: { authorization: `Bearer ${served?.key}` } });
    return ((await response.json()) as UsageAnswer).data[0]?.month;
  };
  const long = 'word '.repeat(4_000);
  const ask = ({ projects: [served] }: Served) =>
    statusOf(
      client(served?.url ?? '', served?.key ?? '').chat.completions.create({
        model: 'assistant',
        messages: [{ role: 'user', content: long }],
      }),
    );
  const first = await start({ data: kept, deployment: budgeted });
  expect((await used(first))?.usd).toEqual({ used: 0, cap: 0.01 });
  expect(await ask(first)).toBe(200);
  await first.close();
  const again = await start({ data: kept, deployment: budgeted });
  const before = await used(again);
  expect(before?.usd?.used).toBeGreaterThan(0.01);
  expect(await ask(again)).toBe(429);
  expect(await used(again)).toEqual(before);
  await again.close();
});

test('OpenAI and a server in the network are also echoed, and real calls need an OpenAI key', async () => {
  const text = FILE.replace(/bedrock: eu\.anthropic\S+/, 'openai: gpt-5.2')
    .replace(/bedrock: eu\.amazon\S+/, 'server: http://vllm.internal/v1, model: m')
    .replace(
      'models:',
      'openai: { acceptsWiderEurope: { reason: r }, zeroRetention: true, schemasMayLeave: true }\nmodels:',
    );
  const wider = read(text).deployment as NonNullable<typeof deployment>;
  const other = await start({ deployment: wider });
  const { url, key } = one(other.projects, 'helpdesk-bot');
  const completion = client(url, key).chat.completions.create({ model: 'assistant', messages });
  const { data: answer, response } = await completion.withResponse();
  expect(answer.choices[0]?.message.content).toMatch(/not a model\. You said: Guten Tag$/);
  expect(response.headers.get('x-residency-accepted')).toMatch(/accepted because r$/);
  await other.close();
  await expect(start({ deployment: wider, upstream: 'aws' })).rejects.toThrow(
    "'OPENAI_API_KEY' is not set, and 'openai/gpt-5.2' needs it; set it to the key of your project at OpenAI",
  );
});

test('only the owner can read the data folder, and git ignores it', () => {
  expect(statSync(data).mode & 0o077).toBe(0);
  for (const file of readdirSync(data)) {
    if (statSync(path.join(data, file)).isFile()) expect(statSync(path.join(data, file)).mode & 0o777).toBe(0o600);
  }
  expect(readFileSync(path.join(data, '.gitignore'), 'utf8')).toBe('*\n');
});

test('the store contains no content', async () => {
  const { url, key } = project();
  await client(url, key).chat.completions.create({
    model: 'assistant',
    messages: [{ role: 'user', content: 'CANARY-4711' }],
  });
  for (const file of readdirSync(data)) {
    if (statSync(path.join(data, file)).isFile()) {
      expect(readFileSync(path.join(data, file), 'latin1')).not.toContain('CANARY-4711');
    }
  }
});

test('the echo opens no connection', async () => {
  const { contacts, stop } = watchContacts();
  const { url, key } = project();
  await client(url, key).chat.completions.create({ model: 'assistant', messages });
  stop();
  expect(contacts.filter((contact) => !contact.includes(new URL(url).port))).toEqual([]);
});

test.each<[string, () => Promise<Partial<ServeOptions>>, RegExp]>([
  [
    'a port in use',
    async () => ({ port: Number(new URL(project().url).port) }),
    /^--port: \d+ is in use on 127\.0\.0\.1; /,
  ],
  ['a folder in use', async () => ({ data: await inUse() }), /is in use by process \d+; stop it, or name another/],
  [
    'a file in place of a folder',
    async () => ({ data: path.join(filed('x', ''), 'x') }),
    /can't be used as a data folder: it is a file/,
  ],
  [
    'a folder below a file',
    async () => ({ data: path.join(filed('x', ''), 'x', 'y') }),
    /can't be used as a data folder: it is, or is below, a file/,
  ],
  [
    'a store that is none',
    async () => ({ data: filed('serve.sqlite', 'not a database at all'.repeat(99)) }),
    /serve\.sqlite' isn't a store of this version; delete it/,
  ],
  [
    'an endpoint outside',
    async () => ({ upstream: 'aws', environment: { AWS_ENDPOINT_URL: 'https://example.com' } }),
    /'AWS_ENDPOINT_URL' would send requests to a host that isn't inside the EU/,
  ],
])('%s is reported in one line', async (_, over, message) => {
  const failed = await start(await over()).catch((error) => error);
  expect(failed).toMatchObject({ name: 'UsableError', message: expect.stringMatching(message) });
  expect(failed.message).not.toContain('\n');
});

test('a folder with the lock of a killed process can be used again', async () => {
  const left = filed('serve.pid', '999999999\n');
  mkdirSync(path.join(left, 'serve.sqlite.lock'));
  await (await start({ data: left })).close();
  expect(readdirSync(left)).not.toContain('serve.pid');
});

function filed(name: string, content: string): string {
  const made = folder();
  writeFileSync(path.join(made, name), content);
  return made;
}

/** A folder that another running process has locked. */
const inUse = async () => filed('serve.pid', `${process.ppid}\n`);

test('no provider is out of use if all models are inside AWS', async () => {
  const folderOfOne = folder();
  await new ProviderFiles(folderOfOne).drill('bedrock', new Date());
  const one = await start({ data: folderOfOne });
  const [project] = one.projects;
  const client = new OpenAI({ baseURL: project?.url, apiKey: project?.key, maxRetries: 0 });
  const answer = await client.chat.completions.create({
    model: 'assistant',
    messages: [{ role: 'user', content: 'hello' }],
  });
  await one.close();
  expect(answer.choices).toHaveLength(1);
});
