import { batchesOf } from '../../http/stream/batches';
import { padding } from '../../http/stream/sse';
import type { ModelEvent } from '../converse/model-event';
import { type ChatIdentity, toChatUsage } from './completion';

/** A client's choices for a stream. */
export interface ChunkOptions {
  readonly includeUsage: boolean;
  readonly obfuscate: boolean;
}

/** The chunks of a streamed chat completion as lines of server-sent events; those of events that arrived together in one text. */
export async function* toChunks(
  events: AsyncIterable<ModelEvent>,
  { id, created, model }: ChatIdentity,
  { includeUsage, obfuscate }: ChunkOptions,
): AsyncGenerator<string> {
  // The parts that all chunks have in common are serialised once.
  const head = `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model }).slice(0, -1)},"choices":[`;
  const line = (choice: string, usage: unknown, size: number) => {
    const counted = includeUsage ? `,"usage":${JSON.stringify(usage)}` : '';
    const padded = obfuscate ? `,"obfuscation":${JSON.stringify(padding(size))}` : '';
    return `${head}${choice}]${counted}${padded}}\n\n`;
  };
  const chunk = (delta: unknown, finish_reason: string | null = null, size = 0) =>
    line(
      `{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${JSON.stringify(finish_reason)}}`,
      null,
      size,
    );
  let calls = 0;
  const toLine = (event: ModelEvent): string => {
    switch (event.type) {
      case 'text':
        return chunk({ content: event.delta }, null, event.delta.length);
      case 'reasoning':
        return chunk({ reasoning_content: event.delta }, null, event.delta.length);
      case 'tool-call': {
        const call = { name: event.name, arguments: '' };
        return chunk({ tool_calls: [{ index: calls++, id: event.id, type: 'function', function: call }] });
      }
      case 'tool-arguments': {
        const call = { arguments: event.delta };
        return chunk({ tool_calls: [{ index: calls - 1, function: call }] }, null, event.delta.length);
      }
      case 'end':
        return chunk({}, event.finish);
      case 'usage':
        return includeUsage ? line('', toChatUsage(event.usage), 0) : '';
      default:
        return '';
    }
  };
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for await (const batch of batchesOf(events)) {
    let lines = '';
    for (const event of batch) lines += toLine(event);
    if (lines !== '') yield lines;
  }
  yield 'data: [DONE]\n\n';
}
