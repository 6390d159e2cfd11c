import { LocalContent } from './support/local-content';

const model = 'assistant';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

/** Retries if the gateway gave up after ten seconds, as on a busy machine. Its answer says that nothing was added. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if ((error as { status?: number }).status !== 409) throw error;
    }
  }
}

test('50 clients append to one conversation in their order, without loss or duplication', async () => {
  const clients = Array.from({ length: 50 }, () => local.openai('ada', local.gateway()));
  const [first] = clients;
  if (first === undefined) throw new Error('no client');
  const { id } = await first.conversations.create();
  const told = await Promise.all(
    clients.map(async (openai, client) => {
      const mine: string[] = [];
      for (let nth = 0; nth < 2; nth++) {
        if (client % 2 === 0) {
          const items = ['a', 'b'].map((part) => ({ role: 'user' as const, content: `${client}-${nth}-${part}` }));
          const { data } = await insist(() => openai.conversations.items.create(id, { items }));
          mine.push(...data.map((item) => item.id ?? ''));
        } else {
          const { output } = await insist(() =>
            openai.responses.create({ model, input: `${client}-${nth}-a`, conversation: id }),
          );
          mine.push(...output.map((item) => item.id ?? ''));
        }
      }
      return mine;
    }),
  );
  const items: { id: string; text: string }[] = [];
  for await (const item of first.conversations.items.list(id, { order: 'asc', limit: 100 })) {
    if (item.type !== 'message') continue;
    const text = item.content.map((part) => ('text' in part ? part.text : '')).join('');
    items.push({ id: item.id, text });
  }
  expect(items).toHaveLength(200);
  expect(new Set(items.map((item) => item.id)).size).toBe(200);
  for (const mine of told) {
    const places = mine.map((itemId) => items.findIndex((item) => item.id === itemId));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  }
  // Items that were added together are adjacent.
  for (const [index, { text }] of items.entries()) {
    if (/^\d+-\d-b$/.test(text)) expect(items[index - 1]?.text).toBe(text.replace(/b$/, 'a'));
    if (text.startsWith('This is the echo')) expect(text.endsWith(` ${items[index - 1]?.text}`)).toBe(true);
  }
}, 120_000);
