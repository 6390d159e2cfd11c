import { setImmediate as turn } from 'node:timers/promises';
import type { ConverseCommandOutput, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Invoked } from '../../runtime/gateway/bedrock/bedrock';
import type { Upstream } from '../../runtime/gateway/context/request-context';
import { type EchoAnswer, echoAnswer, tokensOf } from './echo-answer';
import { echoVector } from './echo-vector';

/**
 * An upstream that calls nothing: it says that it is no model and repeats what it was told, in the forms of Bedrock. The same
 * request has the same answer, so that a client can be tested against it.
 */
export const echoUpstream: Upstream = {
  converse: async (_, request, signal) => {
    signal?.throwIfAborted();
    return toConverse(echoAnswer(request));
  },
  converseStream: async (_, request, signal) => toStream(echoAnswer(request), signal),
  invoke: async ({ modelId }, body) => embed(modelId, body as EmbeddingBody),
};

function toConverse({ text, calls, stopReason, usage }: EchoAnswer): ConverseCommandOutput {
  const content = [...(text === '' ? [] : [{ text }]), ...calls.map((toolUse) => ({ toolUse }))];
  return {
    output: { message: { role: 'assistant', content: content as never } },
    stopReason,
    usage,
    metrics: { latencyMs: 0 },
    $metadata: {},
  };
}

async function* toStream(
  { text, calls, stopReason, usage }: EchoAnswer,
  signal?: AbortSignal,
): AsyncGenerator<ConverseStreamOutput> {
  yield { messageStart: { role: 'assistant' } };
  let contentBlockIndex = 0;
  if (text !== '') {
    for (const piece of text.match(/\s*\S+\s*$|\s*\S+/g) ?? [text]) {
      await turn();
      signal?.throwIfAborted();
      yield { contentBlockDelta: { contentBlockIndex, delta: { text: piece } } };
    }
    yield { contentBlockStop: { contentBlockIndex: contentBlockIndex++ } };
  }
  for (const { toolUseId, name, input } of calls) {
    yield { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } } };
    for (const piece of JSON.stringify(input).match(/[\s\S]{1,12}/g) ?? []) {
      await turn();
      yield { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: piece } } } };
    }
    yield { contentBlockStop: { contentBlockIndex: contentBlockIndex++ } };
  }
  yield { messageStop: { stopReason } };
  yield { metadata: { usage, metrics: { latencyMs: 0 } } };
}

/** The bodies of Titan and of Cohere, one of which the gateway sends. */
interface EmbeddingBody {
  readonly inputText?: string;
  readonly dimensions?: number;
  readonly texts?: readonly string[];
  readonly output_dimension?: number;
}

function embed(modelId: string, { inputText, dimensions, texts = [], output_dimension }: EmbeddingBody): Invoked {
  if (inputText !== undefined) {
    const embedding = echoVector(inputText, dimensions ?? (modelId.includes('-v1') ? 1536 : 1024));
    return { body: { embedding, inputTextTokenCount: tokensOf(inputText) } };
  }
  const size = output_dimension ?? (modelId.includes('-v4') ? 1536 : 1024);
  return {
    body: { embeddings: texts.map((text) => echoVector(text, size)) },
    inputTokens: texts.reduce((sum, text) => sum + tokensOf(text), 0),
  };
}
