import { createHash } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { digestOf } from '@/lib/runtime/projects/requests';
import { projectsFixture } from './support/projects';

test('a project is created with what is declared, and a repeated request answers the same', async () => {
  const { ask, clock, records, lines } = projectsFixture();
  const body = { name: 'Acme GmbH', models: ['embed', 'assistant'], limits: { tokens_per_day: 5_000 } };
  const first = await ask('PUT', '/acme', body);
  expect(first).toMatchObject({
    status: 200,
    json: {
      id: 'acme',
      object: 'project',
      state: 'open',
      name: 'Acme GmbH',
      models: ['assistant', 'embed'],
      limits: { requests_per_minute: 600, tokens_per_day: 5_000 },
      created_at: '2026-11-24T10:00:30.000Z',
      capped_at: null,
      ended_at: null,
    },
  });
  clock.time += 60_000;
  const again = await ask('PUT', '/acme', { ...body, models: ['assistant', 'embed'] });
  expect({ status: again.status, text: again.text }).toEqual({ status: 200, text: first.text });
  expect((await ask('GET', '/acme')).text).toBe(first.text);
  // Names of projects are shown and stored, but neither recorded nor counted.
  expect(JSON.stringify([records, lines])).not.toContain('Acme');
  expect(records.map(({ tenant, act, outcome }) => [tenant, act, outcome])).toEqual([
    ['acme', 'project.create', 'answered'],
    ['acme', 'project.create', 'answered'],
    ['acme', 'project.show', 'answered'],
  ]);
  expect(lines.map(({ tenant }) => tenant)).toEqual(['open', 'open', 'open']);
});

test('a repeated request answers even after the project was capped, or a deployment lowered what it asked for', async () => {
  const { ask } = projectsFixture();
  await ask('PUT', '/acme', { limits: { tokens_per_day: 5_000 } });
  await ask('PUT', '/acme/limits', { tokens_per_day: 7 });
  const again = await ask('PUT', '/acme', { limits: { tokens_per_day: 5_000 } });
  expect(again).toMatchObject({ status: 200, json: { limits: { tokens_per_day: 7 } } });
});

test.each<[string, object]>([
  ['another name', { name: 'Beta' }],
  ['other models', { name: 'Acme', models: ['assistant'] }],
  ['other limits', { name: 'Acme', limits: { tokens_per_day: 1 } }],
])('a request with %s for the same ID is refused, and changes nothing', async (_, body) => {
  const { ask } = projectsFixture();
  const { text } = await ask('PUT', '/acme', { name: 'Acme' });
  const other = await ask('PUT', '/acme', body);
  expect(other).toMatchObject({ status: 409, json: { error: { code: 'project_exists' } } });
  expect(other.text).not.toMatch(/Acme|Beta/);
  expect((await ask('GET', '/acme')).text).toBe(text);
});

test.each<[string, string, unknown, number, string]>([
  ['a limit above the declared one', '/acme', { limits: { tokens_per_day: 1_000_001 } }, 400, 'invalid_value'],
  ['a limit of zero', '/acme', { limits: { tokens_per_day: 0 } }, 400, 'invalid_value'],
  ['a limit that is no number', '/acme', { limits: { tokens_per_day: '5' } }, 400, 'invalid_value'],
  ['an enormous limit', '/acme', { limits: { concurrent_requests: 1e300 } }, 400, 'invalid_value'],
  ['an unknown limit', '/acme', { limits: { tokens: 1 } }, 400, 'unknown_parameter'],
  ['a model that is not open', '/acme', { models: ['fast'] }, 400, 'invalid_value'],
  ['a model twice', '/acme', { models: ['embed', 'embed'] }, 400, 'invalid_value'],
  ['no model', '/acme', { models: [] }, 400, 'invalid_value'],
  ['a Region', '/acme', { region: 'us-east-1' }, 400, 'unknown_parameter'],
  ['a guardrail', '/acme', { guardrails: [] }, 400, 'unknown_parameter'],
  ['a name of two lines', '/acme', { name: 'A\nB' }, 400, 'invalid_value'],
  ['a name with a direction mark', '/acme', { name: 'A\u202eB' }, 400, 'invalid_value'],
  ['a long name', '/acme', { name: 'A'.repeat(101) }, 400, 'invalid_value'],
  ['an array', '/acme', [], 400, 'invalid_json'],
  ['no JSON', '/acme', '{', 400, 'invalid_json'],
  ['the ID of a declared project', '/helpdesk-bot', {}, 409, 'project_exists'],
  ['the ID of a workspace', '/sciences', {}, 409, 'project_exists'],
  ['the name of all open projects in metrics', '/open', {}, 409, 'project_exists'],
  ['the name of requests without a key', '/unauthenticated', {}, 409, 'project_exists'],
  ['an ID in capitals', '/ACME', {}, 400, 'invalid_value'],
  ['the row that counts', '/%23open', {}, 400, 'invalid_value'],
  ['the partition of keys', '/keys%2F..', {}, 400, 'invalid_value'],
  ['another row, by an escape', '/acme%00', {}, 400, 'invalid_value'],
  ['a long ID', `/${'a'.repeat(33)}`, {}, 400, 'invalid_value'],
])('%s is refused', async (_, at, body, status, code) => {
  const { ask, records } = projectsFixture();
  expect(await ask('PUT', at, body)).toMatchObject({ status, json: { error: { code } } });
  expect((await ask('GET', '')).json.data).toEqual([]);
  // The record repeats nothing of the request.
  expect(records[0]).toMatchObject({ tenant: 'open', act: 'project.create', outcome: 'refused', reason: code });
});

test('a cap replaces all limits, and may not exceed the declared ones', async () => {
  const { ask, clock } = projectsFixture();
  await ask('PUT', '/acme', { limits: { tokens_per_day: 5_000, requests_per_minute: 5 } });
  clock.time += 1_000;
  expect((await ask('PUT', '/acme/limits', { tokens_per_day: 7 })).json).toMatchObject({
    limits: { requests_per_minute: 600, tokens_per_day: 7 },
    capped_at: '2026-11-24T10:00:31.000Z',
  });
  const high = await ask('PUT', '/acme/limits', { tokens_per_day: 1_000_001 });
  expect(high).toMatchObject({ status: 400, json: { error: { code: 'invalid_value', param: 'tokens_per_day' } } });
  expect((await ask('GET', '/acme')).json.limits.tokens_per_day).toBe(7);
  // No declared limit of this kind: any value is a narrower one.
  expect((await ask('PUT', '/acme/limits', { concurrent_requests: 2 })).json.limits).toEqual({
    requests_per_minute: 600,
    tokens_per_day: 1_000_000,
    concurrent_requests: 2,
  });
});

test('a project has budgets of its own, in US dollars only where the gateway has prices', async () => {
  const { ask } = projectsFixture();
  expect((await ask('PUT', '/acme', { limits: { tokens_per_month: 5 } })).json.limits).toMatchObject({
    tokens_per_month: 5,
  });
  const unpriced = await ask('PUT', '/beta', { limits: { usd_per_month: 5 } });
  expect(unpriced).toMatchObject({
    status: 400,
    json: { error: { code: 'invalid_value', param: 'limits.usd_per_month' } },
  });
  const priced = projectsFixture({ limits: { usdPerMonth: 50 } });
  expect((await priced.ask('PUT', '/acme', { limits: { usd_per_month: 9.99 } })).json.limits).toEqual({
    usd_per_month: 9.99,
  });
  expect((await priced.ask('PUT', '/acme/limits', { usd_per_month: 50.01 })).status).toBe(400);
  for (const usd_per_month of [0, -1, 0.001, 1.005, 1e12, '5']) {
    expect((await priced.ask('PUT', '/acme/limits', { usd_per_month })).status).toBe(400);
  }
  expect((await priced.ask('GET', '/acme')).json.limits.usd_per_month).toBe(9.99);
});

test('a request without budgets has the digest that it had before there were budgets', () => {
  const digest = digestOf({ models: ['embed', 'assistant'], limits: { tokensPerDay: 5 } });
  expect(digest).toBe(createHash('sha256').update('[null,["assistant","embed"],[null,5,null]]').digest('base64url'));
  expect(digestOf({ models: ['embed', 'assistant'], limits: { tokensPerDay: 5, tokensPerMonth: 5 } })).not.toBe(digest);
});

test('an end is final: it can be repeated, but nothing else happens to the project, and its ID is never used again', async () => {
  const { ask, clock } = projectsFixture();
  await ask('PUT', '/acme', {});
  const first = await ask('POST', '/acme/end');
  expect(first).toMatchObject({ status: 200, json: { state: 'ended', ended_at: '2026-11-24T10:00:30.000Z' } });
  clock.time += 86_400_000;
  expect((await ask('POST', '/acme/end')).text).toBe(first.text);
  const ended = { status: 409, json: { error: { code: 'project_ended' } } };
  expect(await ask('PUT', '/acme', {})).toMatchObject(ended);
  expect(await ask('PUT', '/acme', { name: 'Other' })).toMatchObject(ended);
  expect(await ask('PUT', '/acme/limits', {})).toMatchObject(ended);
  expect((await ask('GET', '/acme')).text).toBe(first.text);
});

test.each([
  ['GET', '/acme', undefined],
  ['PUT', '/acme/limits', {}],
  ['POST', '/acme/end', undefined],
])('%s %s of a project that never existed is not found, and recorded without its ID', async (method, at, body) => {
  const { ask, records } = projectsFixture();
  expect(await ask(method, at, body)).toMatchObject({ status: 404, json: { error: { code: 'project_not_found' } } });
  expect(JSON.stringify(records)).not.toContain('acme');
});

test('the list has pages in the order of IDs', async () => {
  const { ask } = projectsFixture({ maximum: 9 });
  for (const id of ['beta', 'acme', 'delta', 'c-4']) await ask('PUT', `/${id}`, {});
  await ask('POST', '/beta/end');
  const first = (await ask('GET', '?limit=3')).json;
  expect(first.data.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
    ['acme', 'open'],
    ['beta', 'ended'],
    ['c-4', 'open'],
  ]);
  expect(first).toMatchObject({ object: 'list', has_more: true, next: 'c-4' });
  const second = (await ask('GET', `?limit=3&after=${first.next}`)).json;
  expect(second).toMatchObject({ data: [{ id: 'delta' }], has_more: false, next: null });
});

test.each(['?limit=0', '?limit=101', '?limit=x', '?after=%23', '?after=A', '?limit=1&limit=2', '?state=open'])(
  'a list with %s is refused',
  async (query) => {
    expect((await projectsFixture().ask('GET', query)).status).toBe(400);
  },
);

test.each([
  ['POST', ''],
  ['DELETE', '/acme'],
  ['POST', '/acme'],
  ['GET', '/acme/limits'],
  ['PUT', '/acme/end'],
])('%s %s is no method of the API', async (method, at) => {
  expect((await projectsFixture().ask(method, at)).json.error.code).toBe('method_not_allowed');
});

test.each(['/acme/keys', '/acme/limits/x', '/acme/end/x'])('there is nothing at %s', async (at) => {
  expect((await projectsFixture().ask('GET', at)).json.error.code).toBe('unknown_url');
});

const FORGED: readonly [string, Record<string, object>][] = [
  ['an unknown field', { models: { L: [{ S: 'assistant' }] }, regions: { L: [{ S: 'us-east-1' }] } }],
  ['a guardrail', { guardrails: { L: [] } }],
  ['a limit of another kind', { limits: { M: { tokensPerYear: { N: '1' } } } }],
  ['a fraction', { limits: { M: { tokensPerDay: { N: '0.5' } } } }],
  ['no limits', { limits: { S: 'none' } }],
  ['an end that is no time', { ended: { S: 'soon' } }],
  ['an end of another type', { ended: { BOOL: false } }],
  ['no creation', { created: { S: '' } }],
];

test.each(FORGED)('a forged row with %s is neither shown as a project nor changed, and others are', async (_, over) => {
  const { ask, table } = projectsFixture();
  await ask('PUT', '/beta', {});
  const item = {
    pk: { S: 'projects' },
    sk: { S: 'acme' },
    request: { S: 'A'.repeat(43) },
    limits: { M: {} },
    created: { S: '2026-11-24T10:00:30.000Z' },
    ...over,
  };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item: item as never }));
  const unreadable = { status: 500, json: { error: { code: 'project_unreadable' } } };
  expect(await ask('GET', '/acme')).toMatchObject(unreadable);
  expect(await ask('PUT', '/acme', {})).toMatchObject(unreadable);
  expect(await ask('PUT', '/acme/limits', { tokens_per_day: 1 })).toMatchObject(unreadable);
  expect(await ask('POST', '/acme/end')).toMatchObject(unreadable);
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: { pk: item.pk, sk: item.sk } }),
  );
  expect(Item).toEqual(item);
  expect((await ask('GET', '')).json.data).toMatchObject([
    { id: 'acme', state: 'unreadable', models: [], limits: {}, name: null },
    { id: 'beta', state: 'open' },
  ]);
});
