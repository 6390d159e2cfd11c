import { failureOf, streamFailure } from '@/lib/runtime/gateway/bedrock/bedrock-failure';
import { classify } from '@/lib/runtime/gateway/errors/upstream-failure';
import { chat, errorOf, gatewayFor, HELLO, type NO_BEDROCK } from '../support/gateway';
import { PROJECT } from '../support/policies';

const said = (message: unknown) => JSON.stringify({ message });
const TOO_LONG = [
  'Input is too long for requested model.',
  'The model returned the following errors: Input is too long for requested model.',
  'The model returned the following errors: prompt is too long: 206648 tokens > 200000 maximum',
  'The model returned the following errors: input length and `max_tokens` exceed context limit: 198000 + 20000 > 200000',
  'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length.',
  '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9000',
  "This model's maximum context length is 8192 tokens. Please reduce the length of the prompt",
];

test.each(TOO_LONG)('the conversation is too long: %s', (message) => {
  expect(classify(failureOf(400, 'ValidationException', said(message)))).toBe('too-long');
  expect(classify(streamFailure('validationException', said(message)))).toBe('too-long');
});

test.each<[string, number, string | undefined, string, string]>([
  ['the words in the middle of others', 400, undefined, said('no: prompt is too long: 9'), 'rejected'],
  ['the words with another status', 403, undefined, said('prompt is too long: 9'), 'denied'],
  ['no JSON', 400, undefined, 'prompt is too long: 9', 'rejected'],
  ['a message that is no text', 400, undefined, said(['prompt is too long: 9']), 'rejected'],
  ['null', 400, undefined, 'null', 'rejected'],
  ['a quota', 400, 'ServiceQuotaExceededException', said('x'), 'throttled'],
  ['a quota with an address', 400, 'ServiceQuotaExceededException:http://internal/', said('x'), 'throttled'],
  ['the name of a quota with another status', 403, 'ServiceQuotaExceededException', said('x'), 'denied'],
  ['another exception', 400, 'ThrottlingException', said('x'), 'rejected'],
])('%s', (_, status, type, body, failure) => {
  expect(classify(failureOf(status, type, body))).toBe(failure);
});

test.each([
  ['serviceQuotaExceededException', 'throttled'],
  ['modelErrorException', 'server-error'],
  ['throttlingException', 'throttled'],
])('%s within a stream is %s', (type, failure) => {
  expect(classify(streamFailure(type, '{}'))).toBe(failure);
});

test('the answer says so in words of its own, and no other destination is tried', async () => {
  const calls: string[] = [];
  const fails = async ({ id }: { id: string }) => {
    calls.push(id);
    throw failureOf(400, 'ValidationException', said('prompt is too long: CANARY'));
  };
  const upstream = { converse: fails, converseStream: fails, invoke: fails } as typeof NO_BEDROCK;
  for (const stream of [false, true]) {
    const { gateway, records } = gatewayFor(PROJECT, upstream);
    const error = await errorOf(await gateway.fetch(chat({ ...HELLO, stream })));
    expect(error).toMatchObject({ status: 400, code: 'context_length_exceeded' });
    expect(JSON.stringify([error, records])).not.toContain('CANARY');
  }
  expect(new Set(calls).size).toBe(1);
});
