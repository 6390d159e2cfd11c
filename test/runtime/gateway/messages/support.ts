import { gatewayFor, post } from '../support/gateway';
import { PROJECT } from '../support/policies';
import type { ScriptedBedrock, Step } from '../support/scripted-bedrock';

/** A message with only the required parameters. */
export const LEAST = { model: 'assistant', max_tokens: 2_048, messages: [{ role: 'user', content: 'hello' }] };

export const answer = (content: unknown[] = [{ text: 'Guten Tag' }], stopReason = 'end_turn') => ({
  json: {
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: { inputTokens: 7, outputTokens: 2, totalTokens: 9 },
    metrics: { latencyMs: 1 },
  },
});

/** A request of a message, with other parameters. */
export const message = (over: object, headers: Record<string, string> = {}, signal?: AbortSignal): Request =>
  post('messages', { ...LEAST, ...over }, headers, signal);

/** The answer of a gateway to a request, of which Bedrock answers each. */
export async function ask(
  bedrock: ScriptedBedrock,
  over: object,
  headers: Record<string, string> = {},
  policy = PROJECT,
) {
  bedrock.replies(() => answer());
  const fixture = gatewayFor(policy, bedrock.client());
  const response = await fixture.gateway.fetch(message(over, headers));
  return { ...fixture, response, sent: bedrock.calls.at(-1)?.body };
}

/** An error in Anthropic's form. */
export async function errorOf(response: Response) {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was answered
  const { type, error, request_id } = (await response.json()) as any;
  expect({ type, request_id }).toEqual({ type: 'error', request_id: response.headers.get('request-id') });
  return { status: response.status, ...error };
}

export const delta = (index: number, value: object): Step => [
  'contentBlockDelta',
  { contentBlockIndex: index, delta: value },
];
export const blockStop = (index: number): Step => ['contentBlockStop', { contentBlockIndex: index }];
export const toolStart = (index: number, toolUseId: string, name: string): Step => [
  'contentBlockStart',
  { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } },
];
export const START: Step = ['messageStart', { role: 'assistant' }];
