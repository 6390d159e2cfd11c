import { CachingBedrock } from '@/test/runtime/gateway/support/caching-bedrock';
import { LocalContent } from './support/local-content';

const model = 'assistant';
const TURNS = 50;
const text = (about: string, words: number) => `${about}: ${'a word of it '.repeat(words)}`;

const local = new LocalContent();
afterAll(() => local.close());

/** A conversation of 50 turns, and the share of the input that each turn reads from the cache. */
async function shares(window?: { tokens: number; bytes: number }): Promise<number[]> {
  const bedrock = new CachingBedrock((turn) => text(`answer ${turn}`, 20));
  const openai = local.openai('ada', local.gateway({ window }, bedrock.upstream));
  const { id: conversation } = await openai.conversations.create();
  const found: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++) {
    const input = text(`question ${turn}`, 20);
    await openai.responses.create({ model, input, conversation, instructions: text('rules', 200), truncation: 'auto' });
    bedrock.time += 60_000;
    found.push(bedrock.share);
  }
  return found;
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test(`of a conversation of ${TURNS} turns, at least 80% of the last input is read from the cache`, async () => {
  const last = (await shares()).at(-1) ?? 0;
  process.stdout.write(`a workspace's conversation: ${percent(last)} of turn ${TURNS} is read from the cache\n`);
  expect(last).toBeGreaterThan(0.8);
});

test('beyond the window, most turns still begin where the turn before began', async () => {
  const beyond = (await shares({ tokens: 6_000, bytes: 1_000_000 })).slice(-20);
  process.stdout.write(`beyond the window: ${percent(mean(beyond))} on average, of ${beyond.map(percent).join(' ')}\n`);
  expect(mean(beyond)).toBeGreaterThan(0.5);
});
