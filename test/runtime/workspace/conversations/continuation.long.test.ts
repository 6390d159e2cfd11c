import { LocalContent } from './support/local-content';
import { RecordingEcho } from './support/recording-echo';

const model = 'assistant';
const window = { tokens: 1_500, bytes: 1_000_000 };

let local: LocalContent;
let echo: RecordingEcho;
beforeEach(() => {
  local = new LocalContent();
  echo = new RecordingEcho();
});
afterEach(() => local.close());

const start = (options: Parameters<LocalContent['gateway']>[0] = {}) =>
  local.openai('ada', local.gateway(options, echo.upstream));

test('a response continues the previous one, or branches from an earlier one', async () => {
  const openai = start();
  const ask = async (input: string, previous?: string) =>
    (await openai.responses.create({ model, input, previous_response_id: previous })).id;
  const one = await ask('one');
  const two = await ask('two', one);
  const three = await ask('three', two);
  const other = await ask('other', two);
  await ask('four', three);
  expect(echo.last).toEqual(['one', 'two', 'three', 'four']);
  await ask('another', other);
  expect(echo.last).toEqual(['one', 'two', 'other', 'another']);
});

test('a response of a conversation is continued outside of it', async () => {
  const openai = start();
  const { id: conversation } = await openai.conversations.create();
  const { id } = await openai.responses.create({ model, input: 'one', conversation });
  await openai.responses.create({ model, input: 'two', conversation });
  await openai.responses.create({ model, input: 'outside', previous_response_id: id });
  expect(echo.last).toEqual(['one', 'outside']);
  await openai.responses.create({ model, input: 'three', conversation: { id: conversation } });
  expect(echo.last).toEqual(['one', 'two', 'three']);
});

test('items of stored responses are sent in place of references to them', async () => {
  const openai = start();
  const reference = (id = '') => ({ type: 'item_reference' as const, id });
  const one = await openai.responses.create({ model, input: 'one' });
  const { data } = await openai.responses.inputItems.list(one.id);
  const input = [reference(data[0]?.id), reference(one.output[0]?.id), { role: 'user' as const, content: 'two' }];
  const two = await openai.responses.create({ model, input });
  expect(echo.last).toEqual(['one', 'two']);
  expect((await openai.responses.inputItems.list(two.id, { order: 'asc' })).data).toMatchObject([
    { role: 'user', content: [{ text: 'one' }] },
    { role: 'assistant' },
    { role: 'user', content: [{ text: 'two' }] },
  ]);
  await openai.responses.delete(one.id);
  const gone = { status: 404, code: 'item_not_found', param: 'input[0].id' };
  await expect(openai.responses.create({ model, input })).rejects.toMatchObject(gone);
  const [own] = (await openai.responses.inputItems.list(two.id)).data;
  const grace = local.openai('grace', local.gateway({}, echo.upstream));
  for (const id of [own?.id, two.output[0]?.id, 'msg_1'])
    await expect(grace.responses.create({ model, input: [reference(id)] })).rejects.toMatchObject(gone);
  await expect(openai.responses.create({ model, input: Array(201).fill(reference(own?.id)) })).rejects.toMatchObject({
    status: 400,
    param: 'input',
  });
});

test('deleted content is no longer sent', async () => {
  const openai = start();
  const one = await openai.responses.create({ model, input: 'one' });
  const two = await openai.responses.create({ model, input: 'two', previous_response_id: one.id });
  const three = await openai.responses.create({ model, input: 'three', previous_response_id: two.id });
  await openai.responses.delete(two.id);
  const four = await openai.responses.create({ model, input: 'four', previous_response_id: three.id });
  expect(echo.last).toEqual(['one', 'three', 'four']);
  for (const { id } of [one, three, four]) await openai.responses.delete(id);
  expect(await local.rows()).toEqual([]);
});

test('two concurrent continuations of a response don’t see each other', async () => {
  const openai = start();
  const one = await openai.responses.create({ model, input: 'one' });
  const two = await openai.responses.create({ model, input: 'two', previous_response_id: one.id });
  const both = await Promise.all(
    ['left', 'right'].map((input) => openai.responses.create({ model, input, previous_response_id: two.id })),
  );
  for (const [index, side] of ['left', 'right'].entries()) {
    await openai.responses.create({ model, input: 'on', previous_response_id: both[index]?.id });
    expect(echo.last).toEqual(['one', 'two', side, 'on']);
  }
});

test("a request with 'store: false' reads what it continues and stores nothing", async () => {
  const openai = start();
  const { id } = await openai.responses.create({ model, input: 'one' });
  const before = await local.rows();
  const answer = await openai.responses.create({ model, input: 'two', previous_response_id: id, store: false });
  expect(echo.last).toEqual(['one', 'two']);
  expect(answer).toMatchObject({ store: false });
  expect(await local.rows()).toEqual(before);
  await expect(openai.responses.retrieve(answer.id)).rejects.toMatchObject({ status: 404 });
});

test('a stream is stored once it is complete, before the client receives its end', async () => {
  const openai = start();
  const { id: conversation } = await openai.conversations.create();
  const stream = await openai.responses.create({ model, input: 'Guten Tag', conversation, stream: true });
  for await (const event of stream) {
    if (event.type === 'response.created') {
      await expect(openai.responses.retrieve(event.response.id)).rejects.toMatchObject({ status: 404 });
    }
    if (event.type === 'response.completed') {
      expect((await openai.responses.retrieve(event.response.id)).output).toMatchObject(event.response.output);
      expect((await openai.conversations.items.list(conversation)).data).toHaveLength(2);
    }
  }
  expect.assertions(3);
});

test('an aborted stream stores nothing', async () => {
  const openai = start();
  const { id: conversation } = await openai.conversations.create();
  const before = await local.rows();
  const stream = await openai.responses.create({ model, input: 'a b c d e f', conversation, stream: true });
  for await (const event of stream) if (event.type === 'response.output_text.delta') break;
  expect(await local.rows()).toEqual(before);
});

test('beyond the window, the oldest items are omitted or the request is refused', async () => {
  const openai = start({ window });
  const { id: conversation } = await openai.conversations.create();
  const text = (n: number) => `${n} ${'x'.repeat(600)}`;
  for (let n = 0; n < 6; n++) {
    const items = [
      { role: 'user', content: text(n) },
      { role: 'assistant', content: 'yes' },
    ] as const;
    await openai.conversations.items.create(conversation, { items: [...items] });
  }
  await expect(openai.responses.create({ model, input: 'now', conversation })).rejects.toMatchObject({
    status: 400,
    code: 'context_length_exceeded',
    message: expect.stringContaining('set \'truncation\' to "auto"'),
  });
  const { truncation } = await openai.responses.create({ model, input: 'now', conversation, truncation: 'auto' });
  expect(truncation).toBe('auto');
  expect(echo.last.map((said) => said.slice(0, 3))).toEqual(['2 x', '3 x', '4 x', '5 x', 'now']);
  await expect(
    openai.responses.create({ model, input: 'x'.repeat(9_000), conversation, truncation: 'auto' }),
  ).rejects.toMatchObject({ code: 'context_length_exceeded', message: expect.stringContaining('shorten it') });
});

test('a window of many segments and a segment of many items are sent in order', async () => {
  const openai = start();
  const { id: conversation } = await openai.conversations.create();
  const texts = Array.from({ length: 60 }, (_, n) => `${n} ${'y'.repeat(n % 7 === 0 ? 5_000 : 200)}`);
  for (const content of texts) {
    await openai.conversations.items.create(conversation, { items: [{ role: 'user', content }] });
  }
  await openai.responses.create({ model, input: 'now', conversation });
  expect(echo.last).toEqual([...texts, 'now']);
  const read: unknown[] = [];
  for await (const item of openai.conversations.items.list(conversation, { order: 'asc', limit: 7 })) read.push(item);
  expect(read).toHaveLength(62);
});

describe('tools', () => {
  const tools = [{ type: 'function' as const, name: 'weather', parameters: { type: 'object' }, strict: false }];
  const call = (call_id: string) => ({ type: 'function_call' as const, call_id, name: 'weather', arguments: '{}' });
  const result = (call_id: string) => ({ type: 'function_call_output' as const, call_id, output: 'sunny' });
  const said = (content: string) => ({ role: 'user' as const, content });
  const sides = () =>
    (echo.sent.at(-1) ?? []).map(({ content = [] }) =>
      content.map((block) => (block.toolUse ? 'call' : block.toolResult ? 'result' : block.text?.slice(0, 4))),
    );

  test('a tool call of one response is answered in the next', async () => {
    const openai = start();
    const { id: conversation } = await openai.conversations.create();
    const { output } = await openai.responses.create({ model, input: 'weather', conversation, tools });
    const [made] = output;
    if (made?.type !== 'function_call') throw new Error('no call');
    const answer = await openai.responses.create({ model, conversation, tools, input: [result(made.call_id)] });
    expect(answer.output_text).toMatch(/A tool answered: sunny$/);
    expect(sides()).toEqual([['weat'], ['call'], ['result']]);
  });

  test.each<[string, object[], unknown[][]]>([
    ['a call that nothing answered', [said('ask'), call('1'), said('stop')], [['ask', 'stop', 'now']]],
    ['a result whose call is gone', [said('ask'), result('1')], [['ask', 'now']]],
    [
      'an answer before any question',
      [{ role: 'assistant', content: 'hello' }, said('ask')],
      [['(Wha'], ['hell'], ['ask', 'now']],
    ],
    [
      'calls and their results',
      [said('ask'), call('1'), call('2'), result('2'), result('1')],
      [['ask'], ['call', 'call'], ['result', 'result', 'now']],
    ],
  ])('%s: the sent items can be answered', async (_, items, sent) => {
    const openai = start();
    const { id: conversation } = await openai.conversations.create({ items: items as never });
    await openai.responses.create({ model, input: 'now', conversation, tools });
    expect(sides()).toEqual(sent);
  });

  test('a window never separates a call from its result', async () => {
    const openai = start({ window: { tokens: 900, bytes: 1_000_000 } });
    const turn = (id: string) => [
      said(`ask ${'x'.repeat(700)}`),
      call(id),
      result(id),
      { role: 'assistant' as const, content: 'so' },
    ];
    for (let extra = 0; extra < 40; extra++) {
      const { id: conversation } = await openai.conversations.create({
        items: [...turn('1'), ...turn('2'), ...turn('3')],
      });
      await openai.responses.create({
        model,
        input: 'z'.repeat(30 * extra + 1),
        conversation,
        tools,
        truncation: 'auto',
      });
      const flat = sides().flat();
      expect(flat.filter((side) => side === 'call')).toHaveLength(flat.filter((side) => side === 'result').length);
      expect(flat[0]).not.toBe('call');
    }
  });
});
