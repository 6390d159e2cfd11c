import { type RestEvent, toRequest } from '@/lib/runtime/http/lambda-event';

const event = (over: Partial<RestEvent>): RestEvent => ({
  httpMethod: 'GET',
  path: '/v1/models',
  headers: {},
  multiValueHeaders: {},
  multiValueQueryStringParameters: null,
  body: null,
  isBase64Encoded: false,
  ...over,
});

test("a request has its event's path on a reserved host", () => {
  expect(toRequest(event({})).url).toBe('https://gateway.invalid/v1/models');
  expect(toRequest(event({ path: '//evil.test/v1/models' })).url).toBe('https://gateway.invalid/evil.test/v1/models');
});

// biome-ignore format: one row a line
test.each([
  ['is left out of the path', '/workspaces/sciences/v1/models', '/v1/models'],
  ['that the path has not stays away', '/v1/models', '/v1/models'],
  ['is no other tenant', '/workspaces/sciences2/v1/models', '/workspaces/sciences2/v1/models'],
  ['is left out once', '/workspaces/sciences/workspaces/sciences/v1', '/workspaces/sciences/v1'],
])("where an API begins under a domain of one's own %s", (_, path, left) => {
  expect(new URL(toRequest(event({ path }), '/workspaces/sciences').url).pathname).toBe(left);
});

test('a query is carried over, as often as each name is given', () => {
  const query = { limit: ['5'], 'include[]': ['a', 'b&c=d'] };
  const { searchParams } = new URL(toRequest(event({ multiValueQueryStringParameters: query })).url);
  expect([...searchParams]).toEqual([
    ['limit', '5'],
    ['include[]', 'a'],
    ['include[]', 'b&c=d'],
  ]);
});
