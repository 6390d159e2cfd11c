import { estimatedPrompt } from '@/lib/runtime/gateway/context/estimated-prompt';
import { TOKENS_AN_IMAGE } from '@/lib/runtime/gateway/files/file-tokens';
import { chat, HELLO, post } from '../support/gateway';
import { keyedGateway } from '../support/keyed-gateway';
import { MemoryCounters } from '../support/memory-store';
import { ScriptedBedrock, type Step, speech } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const START: Step = ['messageStart', { role: 'assistant' }];
const NEVER: Step = { wait: new Promise(() => {}) };
const text = (words: string): Step => ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: words } }];
const GREETING = text('Grüße an alle');

/** What a streamed answer counts, by the record and by the project's total. */
async function counted(
  steps: readonly Step[],
  read: (response: Response) => Promise<unknown>,
  path = 'chat/completions',
) {
  bedrock.replies(() => ({ steps }));
  const counters = new MemoryCounters();
  const upstream = bedrock.client({ idleTimeoutMs: 50 });
  const { gateway, records, projectLimits, make } = keyedGateway({ upstream, counters });
  const headers = { authorization: `Bearer ${(await make()).key}` };
  const input = path === 'responses' ? { model: 'assistant', input: 'hello' } : HELLO;
  await read(await gateway.fetch(post(path, { ...input, stream: true }, headers)));
  await projectLimits.settled();
  return { tokens: records[0]?.tokens, total: counters.counts.get('helpdesk-bot tokens#2026-11-24') };
}
const toEnd = (response: Response) => response.text();

/** Of 15 bytes in one piece, after a prompt of nine: the text and its name. */
const ESTIMATE = { tokens: { prompt: 3, completion: 5, cached: 0, estimated: true }, total: 8 };

describe.each(['chat/completions', 'responses'])('a stream of %s counts by an estimate if', (path) => {
  test.each<[string, Step[]]>([
    ['it breaks off', [START, GREETING, 'cut']],
    ['the provider fails', [START, GREETING, { exception: 'modelStreamErrorException' }]],
    ['the provider falls silent', [START, GREETING, NEVER]],
    ['the provider reports no usage', [START, GREETING, ['messageStop', { stopReason: 'end_turn' }]]],
    ...[
      {},
      { inputTokens: 0, outputTokens: 0 },
      { inputTokens: null, outputTokens: null },
      { inputTokens: 1.5, outputTokens: 1 },
      { inputTokens: 10, outputTokens: -1 },
      { inputTokens: 10, outputTokens: 1, cacheReadInputTokens: -1 },
      { inputTokens: 2 ** 60, outputTokens: 1 },
    ].map((usage): [string, Step[]] => [
      `the provider reports ${JSON.stringify(usage)}`,
      [START, GREETING, ['messageStop', { stopReason: 'end_turn' }], ['metadata', { usage }]],
    ]),
  ])('%s', async (_, steps) => {
    expect(await counted(steps, toEnd, path)).toEqual(ESTIMATE);
  });

  test('its client leaves', async () => {
    const leaves = async ({ body }: Response) => {
      const reader = body?.getReader();
      for (let read = ''; !read.includes('Gr'); ) read += Buffer.from((await reader?.read())?.value ?? []).toString();
      await reader?.cancel();
    };
    expect(await counted([START, GREETING, NEVER], leaves, path)).toEqual(ESTIMATE);
  });
});

test('each piece is at least a token, and calls and reasoning count too', async () => {
  const call: Step = ['contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'c', name: 'n' } } }];
  const hm: Step = ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'h' } } }];
  const { tokens } = await counted([START, hm, text('a'), text('b'), call, 'cut'], toEnd);
  expect(tokens?.completion).toBe(4);
});

test.each<[string, Step[], object]>([
  ['usage that the provider reports', [...speech('x'), 'cut'], { prompt: 10, completion: 10, cached: 3 }],
  ['nothing if no destination starts to answer', [{ exception: 'internalServerException' }], {}],
])('counts %s', async (_, steps, tokens) => {
  expect((await counted(steps, toEnd)).tokens ?? {}).toEqual(tokens);
});

test('a whole answer without an estimate keeps what the provider reports', async () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  const output = { message: { content: [{ text: 'x' }] } };
  bedrock.replies(() => ({ json: { output, stopReason: 'end_turn', usage } }));
  const { gateway, records, make } = keyedGateway({ upstream: bedrock.client() });
  await gateway.fetch(chat(HELLO, { authorization: `Bearer ${(await make()).key}` }));
  expect(records[0]?.tokens).toEqual({ prompt: 1, completion: 2, cached: 0 });
});

test('a whole answer whose output is malformed counts the tokens that the provider reports', async () => {
  const usage = { inputTokens: 1, outputTokens: 2 };
  bedrock.replies(() => ({ json: { output: {}, stopReason: 'malformed_model_output', usage } }));
  const { gateway, records, make } = keyedGateway({ upstream: bedrock.client() });
  const response = await gateway.fetch(chat(HELLO, { authorization: `Bearer ${(await make()).key}` }));
  expect(response.status).toBe(502);
  expect(records[0]?.tokens).toEqual({ prompt: 1, completion: 2, cached: 0 });
});

test('a prompt counts its system messages, turns, tools, images and documents', () => {
  const estimate = estimatedPrompt({
    system: [{ text: 'x'.repeat(296) }],
    messages: [
      {
        role: 'user',
        content: [
          { text: 'x'.repeat(296) },
          { image: { format: 'png', source: { bytes: Buffer.alloc(9_000) } } },
          {
            toolResult: {
              toolUseId: 'c',
              content: [{ document: { name: 'd', format: 'txt', source: { bytes: Buffer.alloc(300) } } }],
            },
          },
        ],
      },
    ],
    toolConfig: { tools: [{ toolSpec: { name: 'x'.repeat(300), inputSchema: { json: { type: 'object' } } } }] },
  });
  const names = 300;
  expect(estimate).toBeGreaterThanOrEqual(100 + 100 + TOKENS_AN_IMAGE + 100 + 100);
  expect(estimate).toBeLessThan(100 + 100 + TOKENS_AN_IMAGE + 100 + 100 + names / 3);
});
