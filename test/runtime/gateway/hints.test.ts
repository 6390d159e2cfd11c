import { PNG } from './support/clients';
import { errorOf, gatewayFor, HELLO, post } from './support/gateway';
import { PROJECT } from './support/policies';
import { ScriptedBedrock } from './support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());
const answers = () =>
  bedrock.replies(() => ({ json: { output: { message: { content: [{ text: 'yes' }] } }, stopReason: 'end_turn' } }));

const LEAST = { 'chat/completions': HELLO, responses: { model: 'assistant', input: 'hello' } };
const ask = async (path: keyof typeof LEAST, over: object) => {
  answers();
  return gatewayFor(PROJECT, bedrock.client()).gateway.fetch(post(path, { ...LEAST[path], ...over }));
};
const ignored = (response: Response) => response.headers.get('x-residency-ignored');

const image = { url: `data:image/png;base64,${PNG}`, detail: 'high' };

test.each<[keyof typeof LEAST, string, object]>([
  ['chat/completions', 'seed', { seed: 7 }],
  ['chat/completions', 'verbosity', { verbosity: 'low' }],
  ['chat/completions', 'metadata', { metadata: { label: 'b' } }],
  ['chat/completions', 'service_tier', { service_tier: 'flex' }],
  [
    'chat/completions',
    'messages[].name',
    {
      messages: ['system', 'user', 'assistant', 'user', 'developer'].map((role) => ({
        role,
        content: 'hello',
        name: 'Ann',
      })),
    },
  ],
  [
    'chat/completions',
    'messages[].content[].image_url.detail',
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: image },
            { type: 'image_url', image_url: image },
          ],
        },
      ],
    },
  ],
  ['responses', 'service_tier', { service_tier: 'priority' }],
  ['responses', 'client_metadata', { client_metadata: { session: '7f3' } }],
  ['responses', 'text.verbosity', { text: { verbosity: 'high' } }],
  [
    'responses',
    'input[].content[].detail',
    {
      input: [{ role: 'user', content: [{ type: 'input_image', image_url: image.url, detail: 'low' }] }],
    },
  ],
])('%s: %s is dropped, and listed once', async (path, name, over) => {
  const response = await ask(path, over);
  expect([response.status, ignored(response)]).toEqual([200, name]);
  const sent = JSON.stringify(bedrock.calls.at(-1)?.body);
  for (const text of ['seed', 'low', 'high', 'label', 'flex', 'priority', 'Ann', 'session'])
    expect(sent).not.toContain(`"${text}"`);
});

test('several hints are listed together, and with what the model itself ignores', async () => {
  const response = await ask('chat/completions', { seed: 7, verbosity: 'high', max_tokens: 1_000_000 });
  expect(ignored(response)).toBe('seed, verbosity, max_tokens');
});

test.each<[keyof typeof LEAST, object]>([
  ['chat/completions', { verbosity: 'medium', service_tier: 'auto', metadata: {}, seed: null }],
  ['chat/completions', { frequency_penalty: 0, presence_penalty: 0 }],
  [
    'chat/completions',
    {
      messages: [
        { role: 'user', name: null, content: [{ type: 'image_url', image_url: { ...image, detail: 'auto' } }] },
      ],
    },
  ],
  ['responses', { text: { verbosity: 'medium' }, service_tier: 'default', frequency_penalty: 0, presence_penalty: 0 }],
])('%s: values of what happens anyway are not listed', async (path, over) => {
  const response = await ask(path, over);
  expect([response.status, ignored(response)]).toEqual([200, null]);
});

test.each<[keyof typeof LEAST, string, unknown]>([
  ['chat/completions', 'n', 2],
  ['chat/completions', 'logprobs', true],
  ['chat/completions', 'logit_bias', { 5: 1 }],
  ['chat/completions', 'presence_penalty', 0.5],
  ['chat/completions', 'modalities', ['audio']],
  ['chat/completions', 'audio', { voice: 'alloy' }],
  ['responses', 'frequency_penalty', 0.5],
  ['responses', 'presence_penalty', 0.5],
])('%s: %s would change the answer, so it is refused by name', async (path, name, value) => {
  expect(await errorOf(await ask(path, { [name]: value }))).toMatchObject({ status: 400, param: name });
});
