import { type RestEvent, toRequest } from '../../../lib/runtime/gateway/lambda-event';

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

test('a request has the path of its event on a host that leads nowhere', () => {
  expect(toRequest(event({})).url).toBe('https://gateway.invalid/v1/models');
  expect(toRequest(event({ path: '//evil.test/v1/models' })).url).toBe('https://gateway.invalid/evil.test/v1/models');
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
