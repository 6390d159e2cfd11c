import { FakeServer } from './support/fake-server';
import { errorOf, gatewayFor, NO_BEDROCK, post } from './support/gateway';
import { PROJECT } from './support/policies';
import { ScriptedBedrock } from './support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());
const ask = (path: string, over: object) => {
  bedrock.replies(() => ({ json: { output: { message: { content: [{ text: 'yes' }] } }, stopReason: 'end_turn' } }));
  return gatewayFor(PROJECT, bedrock.client()).gateway.fetch(post(path, { model: 'assistant', ...over }));
};
const system = (text: string) => ({ role: 'system', content: text });

test.each<[string, string, object]>([
  ['a chat of a system message', 'chat/completions', { messages: [system('be kind')] }],
  ['a chat of a developer message', 'chat/completions', { messages: [{ role: 'developer', content: 'be kind' }] }],
  ['instructions without input', 'responses', { instructions: 'be kind' }],
  ['instructions with an empty input', 'responses', { instructions: 'be kind', input: [] }],
  ['instructions with null as input', 'responses', { instructions: 'be kind', input: null }],
  ['an input of a system message', 'responses', { input: [system('be kind')] }],
  [
    'instructions with an empty message',
    'responses',
    { instructions: 'be kind', input: [{ role: 'user', content: '' }] },
  ],
  [
    'a chat of a system message and an empty one',
    'chat/completions',
    { messages: [system('be kind'), { role: 'user', content: '' }] },
  ],
])('%s is sent with a line in place of the user', async (_, path, over) => {
  expect((await ask(path, over)).status).toBe(200);
  expect(bedrock.calls.at(-1)?.body).toMatchObject({
    system: [{ text: 'be kind' }],
    messages: [{ role: 'user', content: [{ text: expect.stringContaining('not part of this conversation') }] }],
  });
  expect(bedrock.complaints).toEqual([]);
});

test.each(['openai', 'vpc'] as const)('a server of the kind %s is sent the same line', async (kind) => {
  const server = await new FakeServer().start();
  server.mock.onMessage(/./, { content: 'yes' });
  const fixture = gatewayFor(server.policy(kind), NO_BEDROCK, { servers: server.servers() });
  const response = await fixture.gateway.fetch(
    post('chat/completions', { model: 'assistant', messages: [system('be kind')] }),
  );
  await server.stop();
  expect(response.status).toBe(200);
  expect(server.calls[0]?.body.messages).toEqual([
    { role: 'system', content: 'be kind' },
    { role: 'user', content: expect.stringContaining('not part of this conversation') },
  ]);
});

test.each<[string, string, object, string, string]>([
  ['a blank system message', 'chat/completions', { messages: [system(' ')] }, 'messages', 'invalid_value'],
  [
    'an answer alone',
    'chat/completions',
    { messages: [{ role: 'assistant', content: 'a' }] },
    'messages',
    'invalid_value',
  ],
  ['no input', 'responses', {}, 'input', 'missing_required_parameter'],
  ['blank instructions', 'responses', { instructions: ' ' }, 'input', 'missing_required_parameter'],
  ['an empty input', 'responses', { input: [] }, 'input', 'invalid_value'],
  [
    'an empty message before an answer',
    'responses',
    {
      input: [
        { role: 'user', content: '' },
        { role: 'assistant', content: 'a' },
      ],
    },
    'input',
    'invalid_value',
  ],
  [
    'an empty message after an answer',
    'responses',
    {
      instructions: 'be kind',
      input: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content: '' },
      ],
    },
    'input[2].content',
    'invalid_value',
  ],
])('%s is refused', async (_, path, over, param, code) => {
  expect(await errorOf(await ask(path, over))).toMatchObject({ status: 400, param, code });
});
