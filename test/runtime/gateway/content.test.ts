import { createGateway } from '../../../lib/runtime/gateway/app';
import { admit } from '../../../lib/runtime/gateway/serving';
import { FakeBedrock } from './support/fake-bedrock';
import { chat } from './support/gateway';
import { PROJECT } from './support/policies';

// One marker for each place in which content enters, so that a failure says what leaked.
const marks = {
  prompt: 'MARKprompt',
  system: 'MARKsystem',
  tool: 'MARKtool',
  schema: 'MARKschema',
  user: 'MARKuser',
  header: 'MARKheader',
};
const request = (over: Record<string, unknown> = {}) =>
  chat(
    {
      model: 'assistant',
      user: marks.user,
      messages: [
        { role: 'system', content: marks.system },
        { role: 'user', content: marks.prompt },
      ],
      tools: [
        { type: 'function', function: { name: marks.tool, parameters: { type: 'object', description: marks.schema } } },
      ],
      ...over,
    },
    { authorization: `Bearer ${marks.header}`, 'x-request-id': marks.header },
  );

const fake = new FakeBedrock();
const printed: string[] = [];
beforeAll(async () => {
  await fake.start();
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...args) => void printed.push(args.map(String).join(' ')));
  }
});
afterAll(async () => {
  jest.restoreAllMocks();
  await fake.stop();
});
beforeEach(() => {
  fake.reset();
  printed.length = 0;
});

// The gateway as it is deployed, with its own way to log.
const fetch = async (incoming: Request) => {
  const response = await createGateway({ serving: admit(PROJECT), bedrock: fake.client() }).fetch(incoming);
  return { status: response.status, text: JSON.stringify([...response.headers]) + (await response.text()) };
};

test.each<[string, number, () => void, Record<string, unknown>]>([
  ['an answer', 200, () => fake.frankfurt.onMessage('MARK', { content: 'MARKanswer' }), {}],
  [
    'a refusal by the provider',
    400,
    () => fake.frankfurt.onMessage('MARK', { error: { message: 'MARKupstream' }, status: 400 }),
    {},
  ],
  [
    'a failure of every provider',
    503,
    () => {
      for (const region of [fake.frankfurt, fake.stockholm])
        region.onMessage('MARK', { error: { message: 'MARKupstream' }, status: 500 });
    },
    {},
  ],
  ['a wrong model', 404, () => {}, { model: 'MARKmodel' }],
  ['an ARN as model', 403, () => {}, { model: 'arn:aws:bedrock:us-east-1:123456789012:foundation-model/MARKmodel' }],
  ['a wrong value', 400, () => {}, { temperature: 'MARKvalue' }],
  ['a wrong role', 400, () => {}, { messages: [{ role: 'MARKrole', content: 'MARKprompt' }] }],
  ['an unknown parameter', 400, () => {}, { 'MARK parameter': 1 }],
  [
    'a remote image',
    400,
    () => {},
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://MARK.example' } }] }] },
  ],
  ['a wrong choice of tools', 400, () => {}, { tool_choice: { type: 'function', function: { name: 'MARKchoice' } } }],
])('nothing of the content is logged, or repeated by an error: %s', async (_, status, arrange, over) => {
  arrange();
  const answer = await fetch(request(over));
  expect(answer.status).toBe(status);
  expect(printed).toHaveLength(1);
  expect(printed[0]).not.toContain('MARK');
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ event: 'request', status });
  if (status !== 200) expect(answer.text).not.toContain('MARK');
});

test.each<[string, string]>([
  ['a path', '/v1/MARKpath'],
  ['a query', '/v1/models?MARK=1'],
  ['a model', '/v1/models/MARKmodel'],
])('nothing of %s is logged or repeated', async (_, path) => {
  const answer = await fetch(new Request(`https://gateway.test${path}`));
  expect(answer.text + printed.join()).not.toContain('MARK');
});

test('nothing but what the model needs is sent on', async () => {
  fake.frankfurt.onMessage('MARK', { content: 'ok' });
  await fetch(request());
  const sent = JSON.stringify(fake.frankfurt.getRequests()[0]) + JSON.stringify(fake.calls[0]);
  expect(sent).toContain(marks.prompt);
  expect(sent).not.toContain(marks.user);
  expect(sent).not.toContain(marks.header);
});
