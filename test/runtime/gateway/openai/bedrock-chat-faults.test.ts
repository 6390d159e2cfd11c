import { ChatBedrock, type ChatReply, completion, delta, spoken } from '../support/chat-bedrock';
import { watchContacts } from '../support/contacts';
import { chat, errorOf, HELLO } from '../support/gateway';
import { allOf } from '../support/read-sse';
import { listen } from '../support/serve';

const bedrock = new ChatBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const CANARY = 'UPSTREAM-CANARY';
const ask = async (first: ChatReply, stream = false) => {
  const then: ChatReply = stream ? { data: spoken('ok') } : { json: completion('ok') };
  bedrock.replies((_, index) => (index === 0 ? first : then));
  const fixture = bedrock.gateway();
  return { ...fixture, response: await fixture.gateway.fetch(chat({ ...HELLO, stream })) };
};
const failed = (status: number, type?: string, body?: unknown): ChatReply => ({ status, type, body });

test.each<[string, ChatReply, string]>([
  ['429', failed(429, 'ThrottlingException'), 'throttled'],
  ['500', failed(500), 'server-error'],
  ['503', failed(503), 'server-error'],
  ['424', failed(424, 'ModelErrorException'), 'server-error'],
  ['408', failed(408), 'timed-out'],
  ['a 403 of the permissions', failed(403, 'AccessDeniedException'), 'denied'],
  ['a token that has expired', failed(403, 'ExpiredTokenException'), 'denied'],
  ['a 403 of the key', failed(403, 'UnrecognizedClientException:http://internal'), 'denied'],
  ['404, of a model that this API does not serve', failed(404), 'denied'],
  ['a quota, which is a 400', failed(400, 'ServiceQuotaExceededException:http://internal'), 'throttled'],
])('moves on from %s to the other Region', async (_, reply, failure) => {
  const { response, operations } = await ask(reply);
  expect([response.status, response.headers.get('x-residency-region')]).toEqual([200, 'eu-north-1']);
  expect(operations[0]?.failedAttempts).toMatchObject([{ sourceRegion: 'eu-central-1', failure }]);
});

const TOO_LONG = { error: { message: `This model's maximum context length is 1 token; ${CANARY}` } };
test.each<[string, ChatReply, number, string]>([
  ['400', failed(400), 400, 'provider_rejected_request'],
  ['403, which may be about the content', failed(403), 502, 'provider_denied_gateway'],
  ['a conversation that is too long', failed(400, 'ValidationException', TOO_LONG), 400, 'context_length_exceeded'],
  [
    'the same by its code',
    failed(400, '', { error: { code: 'context_length_exceeded' } }),
    400,
    'context_length_exceeded',
  ],
  [
    '200 of an unknown operation',
    { json: { Output: { __type: 'UnknownOperationException' }, m: CANARY } },
    502,
    'provider_failed',
  ],
  ['a completion without a choice', { json: { choices: [], m: CANARY } }, 502, 'provider_failed'],
])('stops at %s, and repeats none of its text', async (_, reply, status, code) => {
  const { response, records, operations } = await ask(reply);
  const error = await errorOf(response);
  expect(error).toMatchObject({ status, code });
  expect(bedrock.calls).toHaveLength(1);
  expect(JSON.stringify([error, records, operations])).not.toContain(CANARY);
});

test.each<[string, ChatReply]>([
  ['reports a failure first', { data: [{ error: { message: CANARY, code: 503 } }] }],
  ['is empty', { data: [] }],
  ['breaks before the first event', { data: [delta({ role: 'assistant', content: '' })], cut: true }],
])('a stream that %s is answered by the other Region', async (_, reply) => {
  const { response } = await ask(reply, true);
  expect(response.headers.get('x-residency-region')).toBe('eu-north-1');
  expect((await allOf(response)).at(-1)?.data).toBe('[DONE]');
});

test('an unknown operation in place of a stream is answered by no other Region, as one in place of a whole answer', async () => {
  const { response, operations } = await ask({ json: { Output: { __type: 'UnknownOperationException' } } }, true);
  expect(await errorOf(response)).toMatchObject({ status: 502, code: 'provider_failed' });
  expect(operations[0]?.failedAttempts).toMatchObject([{ failure: 'broken', api: 'chat-completions' }]);
});

const begun = delta({ content: 'Guten ' });
test.each<[string, ChatReply]>([
  ['reports a failure', { data: [begun, { error: { message: CANARY, type: 'server_error' } }] }],
  ['ends without an end', { data: [begun] }],
  ['says it is done before the model is', { data: [begun, '[DONE]'] }],
  ['breaks', { data: [begun], cut: true }],
  ['has an event that is not JSON', { data: [begun, `{${CANARY}`] }],
  ['has an event of another form', { data: [begun, { choices: 'none', m: CANARY }] }],
])('a stream that %s after its first words ends with an error, never as an answer', async (_, reply) => {
  const { response, records, operations } = await ask(reply, true);
  const events = await allOf(response);
  expect(events.at(-1)?.data.error).toMatchObject({ code: expect.any(String) });
  expect(bedrock.calls).toHaveLength(1);
  expect(JSON.stringify([events, records, operations])).not.toContain(CANARY);
});

test('a stream without [DONE] is whole once the model has said why it stopped', async () => {
  const { response } = await ask({ data: spoken('Guten Tag').slice(0, -1) }, true);
  expect((await allOf(response)).at(-1)?.data).toBe('[DONE]');
});

test('no redirect is followed, and no other host is contacted', async () => {
  const elsewhere = await listen((_, response) => response.end('{}'));
  const { contacts, stop } = watchContacts();
  try {
    for (const stream of [false, true]) {
      const { response } = await ask({ status: 307, headers: { location: `${elsewhere.url}/stolen` } }, stream);
      expect(await errorOf(response)).toMatchObject({ status: 502, code: 'provider_failed' });
    }
    expect(new Set(contacts)).toEqual(new Set([new URL(bedrock.url).host]));
  } finally {
    stop();
    await elsewhere.close();
  }
});
