import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LocalService } from '@/lib/local/aws/shared/request-handler';
import { projectsFixture } from './support/projects';

const codeOf = ({ status, json }: { status: number; json: { error?: { code: string } } }) =>
  json.error?.code ?? `${status}`;

test('of many requests at once, as many create a project as the maximum allows, never one more', async () => {
  const { ask } = projectsFixture({ maximum: 50 });
  const ids = Array.from({ length: 200 }, (_, n) => `p-${n}`);
  // Each is sent twice, as by a client that tries again.
  const answers = await Promise.all([...ids, ...ids].map(async (id) => codeOf(await ask('PUT', `/${id}`, {}))));
  expect(answers.filter((code) => code === '200')).toHaveLength(100);
  expect(new Set(answers)).toEqual(new Set(['200', 'projects_at_maximum']));
  const { data } = (await ask('GET', '?limit=100')).json;
  expect(data).toHaveLength(50);

  // Each end makes room for exactly one, however often it is sent.
  await Promise.all([1, 2, 3].map(() => ask('POST', `/${data[0].id}/end`)));
  const more = await Promise.all(['x-1', 'x-2', 'x-3'].map(async (id) => codeOf(await ask('PUT', `/${id}`, {}))));
  expect(more.sort()).toEqual(['200', 'projects_at_maximum', 'projects_at_maximum']);
});

test('creations and ends of one project at once end in one of the two states, with a right count', async () => {
  const { ask } = projectsFixture({ maximum: 1 });
  const codes = await Promise.all(
    Array.from({ length: 30 }, async (_, n) =>
      codeOf(await (n % 2 === 0 ? ask('PUT', '/acme', {}) : ask('POST', '/acme/end'))),
    ),
  );
  for (const code of codes) expect(['200', 'project_not_found', 'project_ended']).toContain(code);
  await ask('POST', '/acme/end');
  expect((await ask('GET', '/acme')).json.state).toBe('ended');
  expect(codeOf(await ask('PUT', '/other', {}))).toBe('200');
  expect(codeOf(await ask('PUT', '/third', {}))).toBe('projects_at_maximum');
});

/** A table that cancels so many transactions because of others. */
function conflicting(times: number) {
  let left = times;
  return (service: LocalService): LocalService => ({
    answer: async (request) => {
      const isTransaction = request.headers['x-amz-target']?.endsWith('TransactWriteItems') === true;
      if (!isTransaction || left === 0) return service.answer(request);
      left -= 1;
      const error = {
        __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
        message: 'Transaction cancelled',
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      };
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return { statusCode: 400, headers, body: Buffer.from(JSON.stringify(error)) };
    },
  });
}

test('a transaction that another one cancelled is repeated, and in the end the client can send it again', async () => {
  const few = projectsFixture({}, conflicting(3));
  expect(codeOf(await few.ask('PUT', '/acme', {}))).toBe('200');
  const many = projectsFixture({}, conflicting(8));
  const refused = await many.ask('PUT', '/acme', {});
  expect(refused).toMatchObject({ status: 503, json: { error: { code: 'projects_unavailable' } } });
  expect(codeOf(await many.ask('PUT', '/acme', {}))).toBe('200');
  expect((await many.ask('GET', '')).json.data).toHaveLength(1);
});

test.each([
  ['lower than their number', { count: { N: '0' } }],
  ['no number', { count: { S: '1' } }],
])('a count that someone changed to one that is %s delays no end, and is logged once', async (_, count) => {
  const { ask, table, logged } = projectsFixture();
  await ask('PUT', '/acme', {});
  const Item = { pk: { S: 'projects' }, sk: { S: '#open' }, ...count };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item: Item as never }));
  const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/acme/end')));
  expect(answers.map(codeOf)).toEqual(['200', '200', '200']);
  expect(new Set(answers.map(({ json }) => json.state))).toEqual(new Set(['ended']));
  expect(logged).toEqual([
    { event: 'open-projects-miscounted', message: expect.stringContaining("set 'count' of the item projects, #open") },
  ]);
});

test('five hundred projects are listed in five pages, one call each', async () => {
  const { ask } = projectsFixture({ maximum: 500 });
  for (let n = 0; n < 500; n++) await ask('PUT', `/p-${n}`, {});
  expect(codeOf(await ask('PUT', '/p-500', {}))).toBe('projects_at_maximum');
  let after = '';
  const ids: string[] = [];
  for (let page = 0; page < 5; page++) {
    const { data, next } = (await ask('GET', `?limit=100${after}`)).json;
    ids.push(...data.map(({ id }: { id: string }) => id));
    after = `&after=${next}`;
  }
  expect(new Set(ids).size).toBe(500);
  expect(after).toBe('&after=null');
});
