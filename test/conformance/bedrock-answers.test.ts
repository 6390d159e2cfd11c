import { gatewayFor } from '../runtime/gateway/support/gateway';
import { PROJECT } from '../runtime/gateway/support/policies';
import { type Reply, ScriptedBedrock, type Step, speech, stop } from '../runtime/gateway/support/scripted-bedrock';
import { scenarioErrors } from './answers';
import { OpenAiDocument } from './document';
import { SCENARIOS } from './scenarios';

jest.setTimeout(60_000);

const openAi = new OpenAiDocument();
const bedrock = new ScriptedBedrock('2026-11-30');
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

/** A model's answer, as a whole and as the events of a stream. */
interface Answer {
  readonly content: readonly object[];
  readonly stopReason: string;
  readonly steps: readonly Step[];
}
const delta = (index: number, value: object): Step => ['contentBlockDelta', { contentBlockIndex: index, delta: value }];
const START: Step = ['messageStart', { role: 'assistant' }];
const textUntil = (stopReason: string): Answer => ({
  content: [{ text: 'Guten Tag' }],
  stopReason,
  steps: [START, delta(0, { text: 'Guten Tag' }), ...stop(stopReason)],
});
const twoCalls: Answer = {
  content: [
    { text: 'let me see' },
    { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Lyon' } } },
    { toolUse: { toolUseId: 'c2', name: 'weather', input: {} } },
  ],
  stopReason: 'tool_use',
  steps: [
    START,
    delta(0, { text: 'let me see' }),
    ['contentBlockStop', { contentBlockIndex: 0 }],
    ['contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'c1', name: 'weather' } } }],
    delta(1, { toolUse: { input: '{"city"' } }),
    delta(1, { toolUse: { input: ':"Lyon"}' } }),
    ['contentBlockStop', { contentBlockIndex: 1 }],
    ['contentBlockStart', { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'c2', name: 'weather' } } }],
    ['contentBlockStop', { contentBlockIndex: 2 }],
    ...stop('tool_use'),
  ],
};
const reasoning: Answer = {
  content: [{ reasoningContent: { reasoningText: { text: 'a greeting', signature: 's' } } }, { text: 'Guten Tag' }],
  stopReason: 'end_turn',
  steps: [
    START,
    delta(0, { reasoningContent: { text: 'a greeting' } }),
    delta(0, { reasoningContent: { signature: 's' } }),
    ['contentBlockStop', { contentBlockIndex: 0 }],
    delta(1, { text: 'Guten Tag' }),
    ...stop('end_turn'),
  ],
};

const ANSWERS: readonly [string, Answer][] = [
  ['a text', textUntil('end_turn')],
  ['a text that is too long', textUntil('max_tokens')],
  ['a text that is filtered', textUntil('content_filtered')],
  ['two tool calls', twoCalls],
  ['reasoning', reasoning],
  ['a text that is cut off', { ...textUntil('end_turn'), steps: [...speech('Guten ').slice(0, 2), 'cut'] }],
];
const usage = { inputTokens: 7, outputTokens: 10, totalTokens: 17, cacheReadInputTokens: 3 };
const replyWith =
  ({ content, stopReason, steps }: Answer) =>
  ({ operation }: { operation: string }): Reply => {
    if (operation === 'invoke') return { json: { embedding: [0.5, 1], inputTextTokenCount: 1 } };
    if (operation === 'converse-stream') return { steps };
    return {
      json: { output: { message: { role: 'assistant', content } }, stopReason, usage, metrics: { latencyMs: 1 } },
    };
  };

describe.each(ANSWERS)('the gateway answers from Bedrock with %s', (_, answer) => {
  beforeAll(() => bedrock.replies(replyWith(answer)));

  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    '%s conforms to the document',
    async (_name, scenario) => {
      const { gateway } = gatewayFor(PROJECT, bedrock.client());
      expect(await scenarioErrors(openAi, gateway, scenario)).toEqual([]);
      expect(bedrock.complaints).toEqual([]);
    },
  );
});
