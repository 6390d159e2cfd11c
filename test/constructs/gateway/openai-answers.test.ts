import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { API_KEYS } from '@/lib/constructs/gateway/api-access';
import { OPENAI_ANSWERS as SHARED } from '@/lib/constructs/gateway/openai-answers';

const OPENAI_ANSWERS = [API_KEYS.missingToken, ...SHARED];
const every = Object.values(apigateway.ResponseType).map(({ responseType }) => responseType);

test("every answer of API Gateway has OpenAI's format", () => {
  expect(OPENAI_ANSWERS.map(({ response }) => response.responseType).sort()).toEqual(every.sort());
});

test.each(OPENAI_ANSWERS.map((answer) => [answer.response.responseType, answer] as const))(
  '%s has the type of its status',
  (_, { status, type, response }) => {
    const server = (status ?? 0) >= 500 || response === apigateway.ResponseType.DEFAULT_5XX;
    expect(type === 'server_error').toBe(server);
  },
);

test.each(['DEFAULT_4XX', 'DEFAULT_5XX'])('%s sets no status, because all other answers would inherit it', (name) => {
  expect(OPENAI_ANSWERS.find(({ response }) => response.responseType === name)?.status).toBeUndefined();
});

test.each([
  ['MISSING_AUTHENTICATION_TOKEN', 404],
  ['UNAUTHORIZED', 401],
  ['ACCESS_DENIED', 403],
  ['WAF_FILTERED', 403],
  ['REQUEST_TOO_LARGE', 413],
  ['THROTTLED', 429],
  ['QUOTA_EXCEEDED', 429],
  ['INTEGRATION_FAILURE', 502],
  ['INTEGRATION_TIMEOUT', 504],
])('%s answers %i', (name, status) => {
  expect(OPENAI_ANSWERS.find(({ response }) => response.responseType === name)?.status).toBe(status);
});

test('no answer repeats a part of the request', () => {
  expect(OPENAI_ANSWERS.filter(({ message }) => message.includes('$'))).toEqual([]);
});
