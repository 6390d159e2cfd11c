import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProjects } from '@/lib/cli/run/run-projects';
import { readConfig } from '@/lib/config/load';
import { SERVED } from '@/lib/config/model/purpose';
import { type Served, serve } from '@/lib/local/serve';
import { amzDate, authorizationOf } from '@/lib/runtime/aws/sign-request';

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }]
  - id: embed
    destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }]
projects:
  declared:
    - { id: helpdesk-bot, models: [assistant, embed] }
  open: { models: [embed], limits: { requestsPerMinute: 5 }, maximum: 2 }
`;

let data: string;
const lines: string[] = [];
let served: Served;
const start = async () => {
  const { boundary, deployment } = readConfig(FILE, 'residency.yaml', SERVED);
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({
    deployment,
    boundary,
    port: 0,
    data,
    upstream: 'echo',
    environment: {},
    record: (record, operations) => void lines.push(JSON.stringify([record, operations])),
  });
  process.env.AWS_ACCESS_KEY_ID = operator().accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = operator().secretAccessKey;
};
const startEmpty = async () => {
  data = mkdtempSync(path.join(tmpdir(), 'open-'));
  await start();
};
const operator = () => served.openProjects as NonNullable<Served['openProjects']>;
beforeAll(startEmpty);
afterAll(async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await served.close();
});

/** Runs `projects` in this process. */
async function run(...args: string[]) {
  const out: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void out.push(line)),
  ];
  try {
    const code = await runProjects([...args, '--url', operator().url, '--region', 'eu-central-1']);
    return { code, out: out.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const json = async (...args: string[]) => JSON.parse((await run(...args, '--format', 'json')).out);
const models = (key: string) => fetch(`${operator().url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });

describe('where no project is open yet', () => {
  beforeEach(async () => {
    await served.close();
    await startEmpty();
  });

  test('the command creates, caps and ends a project, whose key works until then, also after a restart', async () => {
    const first = await json('create', 'acme', '--name', 'Acme NAMEWORD', '--requests-per-minute', '4');
    expect(first).toMatchObject({ id: 'acme', state: 'open', models: ['embed'], limits: { requests_per_minute: 4 } });
    expect(await json('create', 'acme', '--name', 'Acme NAMEWORD', '--requests-per-minute', '4')).toEqual(first);
    const { development_key: key } = first;
    const answer = await models(key);
    expect(((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['embed']);
    expect(answer.headers.get('x-ratelimit-limit-requests')).toBe('4');
    await expect(run('cap', 'acme', '--requests-per-minute', '6')).rejects.toThrow(/must be at most 5/);
    expect((await run('cap', 'acme', '--requests-per-minute', '3')).out).toContain('requests_per_minute 3');
    expect((await models(key)).headers.get('x-ratelimit-limit-requests')).toBe('3');

    await served.close();
    await start();
    expect((await models(key)).status).toBe(200);
    expect((await run('list')).out).toMatch(/^id +state .*\nacme +open/);
    expect((await run('end', 'acme')).out).toContain('ended');
    expect((await models(key)).status).toBe(401);
    expect((await run('list')).out).toContain('there are no open projects');
    expect((await json('list', '--all')).data).toMatchObject([{ id: 'acme', state: 'ended' }]);
    await expect(run('create', 'acme')).rejects.toThrow(/has ended, and its id is never used again/);
    // A name is in its row only.
    expect(lines.join()).not.toContain('NAMEWORD');
    const holders = readdirSync(data).filter((file) => {
      try {
        return readFileSync(path.join(data, file)).includes('NAMEWORD');
      } catch {
        return false;
      }
    });
    expect(holders.filter((file) => !/^content\.sqlite(-wal)?$/.test(file))).toEqual([]);
  });

  test('more than the maximum, and IDs of declared projects, are refused', async () => {
    await json('create', 'one');
    await json('create', 'two');
    await expect(run('create', 'three')).rejects.toThrow(/there are 2 open projects/);
    await expect(run('create', 'helpdesk-bot')).rejects.toThrow(/belongs to a tenant of residency.yaml/);
  });
});

test.each<[string, RegExp, ...string[]]>([
  ['no action', /takes one of: create, list, show, cap, end/],
  ['an ID in capitals', /takes the id of a project: found 'ACME'/, 'create', 'ACME'],
  ['a path', /found '\.\.\/keys'/, 'end', '../keys'],
  ['two IDs', /takes the id of one project only/, 'show', 'a', 'b'],
  ['a cap without a limit', /takes at least one limit/, 'cap', 'acme'],
  ['a limit that is no number', /--tokens-per-day: found 'many'/, 'create', 'a', '--tokens-per-day', 'many'],
  ['a model for a cap', /--model applies to projects create only/, 'cap', 'a', '--model', 'x', '--tokens-per-day', '1'],
])('the command refuses %s', async (_, message, ...args) => {
  await expect(run(...args)).rejects.toThrow(message);
});

type Asked = { method: string; headers: Record<string, string>; body?: string; url: string };

/** A request that its operator signed. */
function signed(over: { at?: string; time?: Date; body?: string; secret?: string; service?: string } = {}): Asked {
  const { at = '/one', time = new Date(), body = '{}', secret = operator().secretAccessKey, service } = over;
  const url = new URL(`${operator().url}/admin/v1/projects${at}`);
  const headers = { host: url.host, 'x-amz-date': amzDate(time), 'content-type': 'application/json' };
  const scope = { region: 'eu-central-1', service: service ?? 'execute-api' };
  const credentials = { accessKeyId: operator().accessKeyId, secretAccessKey: secret };
  const authorization = authorizationOf({ method: 'PUT', url, headers, body }, scope, credentials);
  return { method: 'PUT', headers: { ...headers, authorization }, body, url: url.href };
}
const send = ({ url, headers: { host, ...headers }, ...rest }: Asked) => fetch(url, { ...rest, headers });

test('a signed request is answered', async () => {
  expect((await send(signed())).status).toBe(200);
});

test.each<[string, () => Asked]>([
  ['without a signature', () => ({ ...signed(), headers: { 'content-type': 'application/json' } })],
  [
    "with a project's key",
    () => ({
      ...signed(),
      headers: { authorization: `Bearer ${served.projects[0]?.key}`, 'content-type': 'application/json' },
    }),
  ],
  [
    "with a project's key in x-api-key",
    () => ({ ...signed(), headers: { 'x-api-key': served.projects[0]?.key ?? '' } }),
  ],
  ['with another secret', () => signed({ secret: 'x' })],
  ['signed for another service', () => signed({ service: 's3' })],
  ['of six minutes ago', () => signed({ time: new Date(Date.now() - 360_000) })],
  ['of six minutes ahead', () => signed({ time: new Date(Date.now() + 360_000) })],
  ['with another body', () => ({ ...signed(), body: '{"limits":{}}' })],
  ['for another project', () => ({ ...signed(), url: signed({ at: '/two' }).url })],
  ['with another method', () => ({ ...signed(), method: 'POST' })],
  ['with a query that was not signed', () => ({ ...signed(), url: `${signed().url}?limit=1` })],
  [
    'whose date was not signed',
    () => {
      const one = signed();
      return {
        ...one,
        headers: { ...one.headers, authorization: one.headers.authorization?.replace(';x-amz-date', '') ?? '' },
      };
    },
  ],
])('a request %s is refused', async (_, asked) => {
  const response = await send(asked());
  expect([401, 404]).toContain(response.status);
  const text = await response.text();
  expect(text).toContain('invalid_signature');
  expect(text).not.toContain(operator().secretAccessKey);
});
