import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { LocalTable } from '@/test/support/local-table';
import { eventOf } from '../workspace/identity/support/event';
import { runBundle } from '../workspace/identity/support/run-workspace';
import { OPEN } from './support/projects';

const table = new LocalTable();
const PATH = '/projects/admin/v1/projects';
const CALLER = { userArn: 'arn:aws:sts::111122223333:assumed-role/operator/NAMEWORD' };

beforeAll(async () => {
  await table.start();
  for (const id of ['acme', 'beta']) {
    const Item = {
      pk: { S: 'projects' },
      sk: { S: id },
      request: { S: 'A'.repeat(43) },
      name: { S: 'TITLEWORD' },
      limits: { M: {} },
      created: { S: '2026-11-24T10:00:30.000Z' },
    };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  }
}, 60_000);
afterAll(() => table.stop());

const environmentIn = (region: string) => ({
  KEYS_TABLE_ARN: `arn:aws:dynamodb:${region}:111122223333:table/${table.name}`,
});
const environment = () => ({
  ...environmentIn('eu-central-1'),
  AWS_ENDPOINT_URL_DYNAMODB: table.url,
  BASE_PATH: '/projects',
});

/** An event as API Gateway sends it; the path isn't resolved. */
const event = (method: string, path: string, body?: object, identity: object | null = CALLER) => {
  const made = eventOf({ method, path, headers: [], body, status: 0 });
  return { ...made, path: path.split('?')[0], requestContext: identity === null ? {} : { identity } };
};

test('the bundle answers requests that IAM authorised, for the path that IAM decided on, and no others', async () => {
  const refused: [object, number, string][] = [
    // The method was deployed without its authorisation.
    [event('GET', PATH, undefined, null), 403, 'role_refused'],
    [event('GET', PATH, undefined, { userArn: null, sourceIp: '192.0.2.1' }), 403, 'role_refused'],
    // IAM decided on `acme`; a URL would resolve the path to `beta`.
    [event('POST', `${PATH}/acme/../beta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}/acme/%2e%2e/beta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}/acme/..%2fbeta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}/acme\\..\\beta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}//beta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}/b%65ta/end`), 400, 'invalid_value'],
    [event('POST', `${PATH}/be\tta/end`), 400, 'invalid_value'],
  ];
  const served = [
    event('GET', `${PATH}?limit=1`),
    event('GET', `${PATH}/acme`),
    event('PUT', `${PATH}/acme/limits`, { tokens_per_day: 5 }),
  ];
  const { answers, log } = await runBundle(
    'projects',
    OPEN,
    [...refused.map(([one]) => one), ...served],
    environment(),
  );
  expect(
    answers.slice(0, refused.length).map(({ statusCode, body }) => [statusCode, JSON.parse(body).error.code]),
  ).toEqual(refused.map(([, status, code]) => [status, code]));
  const [list, shown, capped] = answers.slice(refused.length).map(({ body }) => JSON.parse(body));
  expect(list).toMatchObject({ data: [{ id: 'acme' }], has_more: true, next: 'acme' });
  expect(shown).toMatchObject({ id: 'acme', state: 'open', name: 'TITLEWORD' });
  expect(capped.limits.tokens_per_day).toBe(5);
  for (const { headers } of answers) expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  // Neither who called nor what a project is called is logged.
  expect(JSON.stringify(log)).not.toMatch(/NAMEWORD|TITLEWORD|sourceIp/);
  expect(log.filter(({ event: kind }) => kind === 'residency').map(({ tenant, act }) => [tenant, act])).toEqual([
    ['open', 'project.list'],
    ['acme', 'project.show'],
    ['acme', 'project.cap'],
  ]);
}, 60_000);

test.each<[string, object, Record<string, string>, RegExp]>([
  ['a table outside the boundary', {}, { ...environmentIn('us-east-1'), AWS_ENDPOINT_URL_DYNAMODB: '' }, /us-east-1/],
  ['no table', {}, { KEYS_TABLE_ARN: '' }, /'KEYS_TABLE_ARN' must be the ARN/],
  ['a policy with an unknown key', { guardrails: [] }, {}, /policy.json doesn't have the form/],
])(
  'it does not start with %s',
  async (_, over, variables, message) => {
    const started = runBundle('projects', { ...OPEN, ...over }, [], { ...environment(), ...variables });
    await expect(started).rejects.toThrow(message);
  },
  60_000,
);
