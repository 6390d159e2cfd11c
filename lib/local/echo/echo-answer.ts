import type { ContentBlock, StopReason, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../../runtime/gateway/bedrock/bedrock';
import { ExampleBudget } from './example-budget';
import { exampleOf } from './example-of';

/** What the echo answers, before it is whole or in pieces. */
export interface EchoAnswer {
  readonly text: string;
  readonly calls: readonly { readonly toolUseId: string; readonly name: string; readonly input: unknown }[];
  readonly stopReason: StopReason;
  readonly usage: TokenUsage;
}

/**
 * The answer to a request: an example of the schema where one is asked for, a call of a tool that has to be called or that the
 * user speaks of, and else a text that says what it is.
 */
export function echoAnswer(request: ConverseRequest): EchoAnswer {
  const said = lastOf(request);
  const calls = callsFor(request, said.text);
  const { text, stopReason } = calls.length > 0 ? { text: '', stopReason: 'tool_use' as const } : cut(request, said);
  const inputTokens = Math.max(1, Math.ceil(lengthOf([request.system ?? [], request.messages ?? []]) / 4));
  const outputTokens = tokensOf(text + calls.map(({ input }) => JSON.stringify(input)).join(''));
  return { text, calls, stopReason, usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens } };
}

interface Said {
  readonly text: string;
  /** What tools answered in the last turn. */
  readonly results: readonly string[];
  readonly images: number;
}

function lastOf({ messages = [] }: ConverseRequest): Said {
  const content = messages.at(-1)?.content ?? [];
  const texts = (blocks: readonly Pick<ContentBlock, 'text'>[]) => blocks.flatMap(({ text }) => text ?? []).join(' ');
  return {
    text: texts(content),
    results: content.flatMap(({ toolResult }) =>
      toolResult === undefined ? [] : [texts((toolResult.content ?? []) as ContentBlock[])],
    ),
    images: content.filter(({ image }) => image !== undefined).length,
  };
}

function callsFor({ toolConfig, messages = [] }: ConverseRequest, text: string): EchoAnswer['calls'] {
  const tools = (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec === undefined ? [] : [toolSpec]));
  const { any, tool } = toolConfig?.toolChoice ?? {};
  const words: readonly string[] = text.toLowerCase().match(/[\w-]+/g) ?? [];
  const named = tools.filter(({ name = '' }) => (tool ? name === tool.name : isMeant(name.toLowerCase(), words)));
  const chosen = named.length === 0 && any ? tools.slice(-1) : named;
  const budget = new ExampleBudget();
  return chosen.map(({ name = '', inputSchema }, index) => ({
    toolUseId: `echo-${messages.length}-${index + 1}`,
    name,
    input: exampleOf(inputSchema?.json ?? {}, budget),
  }));
}

/** Whether a message mentions a tool: by its name, or by a long word of the name, such as weather for `get_weather`. */
const isMeant = (name: string, words: readonly string[]) =>
  words.includes(name) || name.split(/[_-]/).some((word) => word.length >= LONG && words.includes(word));

const LONG = 5;

function cut(request: ConverseRequest, said: Said): { text: string; stopReason: StopReason } {
  const { maxTokens, stopSequences = [] } = request.inferenceConfig ?? {};
  const whole = wholeText(request, said);
  const ends = stopSequences.map((sequence) => whole.indexOf(sequence)).filter((at) => at >= 0);
  const stopped = ends.length > 0 ? whole.slice(0, Math.min(...ends)) : whole;
  if (maxTokens !== undefined && tokensOf(stopped) > maxTokens) {
    return { text: stopped.slice(0, maxTokens * 4), stopReason: 'max_tokens' };
  }
  return { text: stopped, stopReason: ends.length > 0 ? 'stop_sequence' : 'end_turn' };
}

function wholeText({ outputConfig }: ConverseRequest, { text, results, images }: Said): string {
  const schema = outputConfig?.textFormat?.structure?.jsonSchema?.schema;
  if (schema !== undefined) return JSON.stringify(exampleOf(JSON.parse(schema)));
  const parts = [
    ...(text === '' ? [] : [`You said: ${text}`]),
    ...results.map((result) => `A tool answered: ${result}`),
    ...(images === 0 ? [] : [`You sent ${images} ${images === 1 ? 'image' : 'images'}.`]),
  ];
  return `This is the echo of eu-residency serve, not a model. ${parts.join(' ')}`;
}

/** The length of a value as JSON, with bytes as base64. JSON itself writes each byte as a property, in ten times the space. */
function lengthOf(value: unknown): number {
  if (value instanceof Uint8Array) return Math.ceil(value.length / 3) * 4;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
  const inner = Array.isArray(value) ? value.map(lengthOf) : Object.entries(value).map(lengthOfEntry);
  return inner.reduce((sum, length) => sum + length, 2 + Math.max(0, inner.length - 1));
}

const lengthOfEntry = ([name, value]: [string, unknown]) => JSON.stringify(name).length + 1 + lengthOf(value);

/** Four characters a token is what a text of English has on average. */
export const tokensOf = (text: string) => Math.max(1, Math.ceil(text.length / 4));
