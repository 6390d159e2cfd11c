import type OpenAI from 'openai';
import { TURN } from '@/lib/report/cost/assumed-use';
import { SEGMENT_BYTES } from '@/lib/runtime/workspace/conversations/segment';
import { LocalContent } from './support/local-content';

const model = 'assistant';
const TEXT = 'What was asked, and what was answered, of some length. '.repeat(12);

let local: LocalContent;
beforeAll(() => {
  local = new LocalContent();
});
afterAll(() => local.close());

/** A conversation with the given number of turns, each a question and an answer. */
async function conversationOf(openai: OpenAI, turns: number): Promise<string> {
  const { id } = await openai.conversations.create();
  const turn = [
    { role: 'user', content: TEXT },
    { role: 'assistant', content: TEXT },
  ] as const;
  for (let left = turns; left > 0; left -= 10) {
    await openai.conversations.items.create(id, {
      items: Array.from({ length: Math.min(left, 10) }, () => turn).flat(),
    });
  }
  return id;
}

test('a turn needs as many calls and decryptions after 3,000 turns as after 300, and no more than its window', async () => {
  const window = { tokens: 40_000, bytes: 1_000_000 };
  const openai = local.openai('ada', local.gateway({ window }));
  const costs: Record<number, object> = {};
  for (const turns of [10, 300, 3_000]) {
    const conversation = await conversationOf(openai, turns);
    // The first turn of a process reads the member's key.
    await openai.responses.create({ model, input: 'and?', conversation, truncation: 'auto' });
    local.faults.none();
    const { encrypted, decrypted } = local.keyring;
    await openai.responses.create({ model, input: 'and now?', conversation, truncation: 'auto' });
    costs[turns] = {
      calls: [...local.faults.calls],
      encryptions: local.keyring.encrypted - encrypted,
      decryptions: local.keyring.decrypted - decrypted,
    };
  }
  const calls = ['dynamodb.Query', 'dynamodb.GetItem', 'dynamodb.Query', 'dynamodb.TransactWriteItems'];
  // `eu-residency cost` counts them.
  expect(TURN.contentCalls).toBe(calls.length);
  const inWindow = Math.ceil((window.tokens * 3) / SEGMENT_BYTES) + 1;
  expect(costs[300]).toEqual({ calls, encryptions: 2, decryptions: expect.any(Number) });
  expect((costs[300] as { decryptions: number }).decryptions).toBeLessThanOrEqual(inWindow);
  expect(costs[3_000]).toEqual(costs[300]);
  expect(costs[10]).toEqual({ calls, encryptions: 2, decryptions: 2 });
}, 240_000);
