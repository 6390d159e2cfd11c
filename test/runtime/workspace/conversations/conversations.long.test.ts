import { LocalContent } from './support/local-content';
import { RecordingEcho } from './support/recording-echo';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const model = 'assistant';
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (error) => error.status,
  );

test('a conversation is created, continued and read', async () => {
  const openai = local.openai();
  const { id } = await openai.conversations.create({
    metadata: { topic: 'greetings' },
    items: [{ role: 'developer', content: 'be kind' }],
  });
  expect(id).toMatch(/^conv_[0-9a-f]{44}$/);
  const response = await openai.responses.create({ model, input: 'Guten Tag', conversation: id });
  expect(response).toMatchObject({ status: 'completed', conversation: { id }, store: true });
  expect(response.output_text).toMatch(/You said: Guten Tag$/);
  const items = await openai.conversations.items.list(id, { order: 'asc' });
  expect(items.data.map((item) => (item.type === 'message' ? [item.role, item.content] : []))).toEqual([
    ['developer', [{ type: 'input_text', text: 'be kind' }]],
    ['user', [{ type: 'input_text', text: 'Guten Tag' }]],
    ['assistant', [expect.objectContaining({ type: 'output_text', text: response.output_text })]],
  ]);
  const [, , last] = items.data;
  expect(last?.id).toBe(response.output[0]?.id);
  expect(await openai.conversations.items.retrieve(last?.id ?? '', { conversation_id: id })).toEqual(last);
  expect(await openai.conversations.retrieve(id)).toMatchObject({ metadata: { topic: 'greetings' } });
  expect(await openai.responses.retrieve(response.id)).toMatchObject({ id: response.id, output: response.output });
  expect((await openai.responses.inputItems.list(response.id)).data).toMatchObject([{ role: 'user' }]);
});

test.each(['previous_response_id', 'conversation'] as const)(
  'an answer to instructions alone is part of what continues it by %s',
  async (by) => {
    const echo = new RecordingEcho();
    const openai = local.openai('ada', local.gateway({}, echo.upstream));
    const conversation = by === 'conversation' ? (await openai.conversations.create()).id : undefined;
    const instructions = 'greet the user';
    const { id, output_text: greeting } = await openai.responses.create({ model, instructions, conversation });
    const continued = conversation === undefined ? { previous_response_id: id } : { conversation };
    await openai.responses.create({ model, input: 'thanks', ...continued });
    const [placeholder, ...turns] = echo.sent.at(-1) ?? [];
    expect(placeholder?.role).toBe('user');
    expect(turns).toEqual([
      { role: 'assistant', content: [{ text: greeting }] },
      { role: 'user', content: [{ text: 'thanks' }] },
    ]);
    const alone = local.gateway({}, echo.upstream);
    const again = await local.openai('ada', alone).responses.create({ model, instructions, previous_response_id: id });
    expect(again.status).toBe('completed');
  },
);

test('another member’s request is answered as if the conversation did not exist', async () => {
  const [ada, eve] = [local.openai('ada'), local.openai('eve')];
  const { id } = await ada.conversations.create();
  expect(await statusOf(ada.conversations.retrieve(id))).toBe(200);
  expect(await statusOf(eve.conversations.retrieve(id))).toBe(404);
});

test('a response to instructions and an empty message can be continued', async () => {
  const openai = local.openai();
  const input = [{ role: 'user' as const, content: '' }];
  const { id } = await openai.responses.create({ model, instructions: 'be kind', input });
  const next = await openai.responses.create({ model, input: 'hello', previous_response_id: id });
  expect(next.output_text).toMatch(/hello$/);
});
