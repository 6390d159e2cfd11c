import { inputItemId, isOutputId } from '@/lib/runtime/workspace/conversations/ids';
import type { StoredItem } from '@/lib/runtime/workspace/conversations/items';
import { sizeOf } from '@/lib/runtime/workspace/conversations/size';
import { LocalContent } from './support/local-content';

const model = 'assistant';
const MARK = {
  action: 'c2pa.created',
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
  when: '2026-11-27T00:00:00.000Z',
  softwareAgent: { name: 'anthropic.claude-sonnet-4-6' },
};
const WRITE = 'cfcaeb7bfed330ab0602c42cf6ad5f22';

const local = new LocalContent();
afterAll(() => local.close());

const marksOf = (items: readonly object[]) => items.map((item) => (item as StoredItem).provenance);

test.each([
  ['the first output', `msg_${WRITE}0000`, true],
  ['the last id of an output', `fc_${WRITE}7fff`, true],
  ['the first input', inputItemId('message', WRITE, 0), false],
  ['more input than four digits count', inputItemId('reasoning', WRITE, 0x8000), false],
  ['an id of another form', 'msg_1', false],
])('the id of %s tells whether a model generated it', (_, id, expected) => {
  expect(isOutputId(id)).toBe(expected);
});

test('a stored answer has its mark, and what the member sent has none', async () => {
  const openai = local.openai();
  const { id: conversation } = await openai.conversations.create({ items: [{ role: 'assistant', content: 'said' }] });
  const { id, output } = await openai.responses.create({ model, input: 'Guten Tag', conversation });
  // The header marks an answer; its body is what OpenAI's would be.
  expect(marksOf(output)).toEqual([undefined]);
  const { data, response } = await openai.responses.retrieve(id).withResponse();
  expect(marksOf(data.output)).toEqual([MARK]);
  expect(response.headers.get('ai-disclosure')).toMatch(/^mode=machine-generated, /);
  const listed = await openai.conversations.items.list(conversation, { order: 'asc' });
  expect(marksOf(listed.data)).toEqual([undefined, undefined, MARK]);
  const of = { conversation_id: conversation };
  const items = listed.data.map((item) => openai.conversations.items.retrieve(`${item.id}`, of));
  expect(marksOf(await Promise.all(items))).toEqual([undefined, undefined, MARK]);
  expect(marksOf((await openai.responses.inputItems.list(id)).data)).toEqual([undefined]);
});

test('a page of items is marked item by item, and an unknown response not at all', async () => {
  const openai = local.openai();
  const { id } = await openai.conversations.create({ items: [{ role: 'user', content: 'x' }] });
  const { response } = await openai.conversations.items.list(id).withResponse();
  expect(response.headers.has('ai-disclosure')).toBe(false);
  const unknown = openai.responses.retrieve(`resp_${WRITE}`);
  await expect(unknown).rejects.toMatchObject({ status: 404 });
  const { headers } = await unknown.catch((error) => error);
  expect(headers.has('ai-disclosure')).toBe(false);
});

test.each([
  ['an answer', { type: 'message', role: 'assistant', content: 'said' }],
  ['a call', { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' }],
  ['reasoning', { type: 'reasoning', summary: [] }],
])('the mark of %s that a client sends back is accepted, and proves nothing', async (_, item) => {
  const openai = local.openai();
  const items = [{ ...item, id: `msg_${WRITE}0000`, provenance: MARK }] as never;
  const { id } = await openai.conversations.create();
  expect(marksOf((await openai.conversations.items.create(id, { items })).data)).toEqual([undefined]);
  expect(marksOf((await openai.conversations.items.list(id)).data)).toEqual([undefined]);
});

test('a mark takes no tokens of the window, because it is sent to no model', () => {
  const item = { type: 'message', role: 'assistant', content: 'x'.repeat(100), id: `msg_${WRITE}0000` } as StoredItem;
  const [plain, withMark] = [item, { ...item, provenance: MARK } as StoredItem].map(sizeOf);
  expect(withMark?.tokens).toBe(plain?.tokens);
  expect(withMark?.bytes).toBeGreaterThan(plain?.bytes ?? 0);
});
