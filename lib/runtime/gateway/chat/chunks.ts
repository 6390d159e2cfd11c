import { padding } from '../../http/stream/sse';
import type { ModelEvent } from '../converse/model-event';
import { type ChatIdentity, toChatUsage } from './completion';

/** A client's choices for a stream. */
export interface ChunkOptions {
  readonly includeUsage: boolean;
  readonly obfuscate: boolean;
}

/** The chunks of a streamed chat completion, each as a line of server-sent events. */
export async function* toChunks(
  events: AsyncIterable<ModelEvent>,
  { id, created, model }: ChatIdentity,
  { includeUsage, obfuscate }: ChunkOptions,
): AsyncGenerator<string> {
  // The common beginning of all chunks is serialised once.
  const head = JSON.stringify({ id, object: 'chat.completion.chunk', created, model }).slice(0, -1);
  const line = (choices: readonly unknown[], usage: unknown, size: number) => {
    const own = {
      choices,
      ...(includeUsage && { usage }),
      ...(obfuscate && { obfuscation: padding(size) }),
    };
    return `data: ${head},${JSON.stringify(own).slice(1)}\n\n`;
  };
  const chunk = (delta: unknown, finish_reason: string | null = null, size = 0) =>
    line([{ index: 0, delta, logprobs: null, finish_reason }], null, size);
  let calls = 0;
  yield chunk({ role: 'assistant', content: '', refusal: null });
  for await (const event of events) {
    switch (event.type) {
      case 'text':
        yield chunk({ content: event.delta }, null, event.delta.length);
        break;
      case 'reasoning':
        yield chunk({ reasoning_content: event.delta }, null, event.delta.length);
        break;
      case 'tool-call': {
        const call = { name: event.name, arguments: '' };
        yield chunk({ tool_calls: [{ index: calls, id: event.id, type: 'function', function: call }] });
        calls += 1;
        break;
      }
      case 'tool-arguments': {
        const call = { arguments: event.delta };
        yield chunk({ tool_calls: [{ index: calls - 1, function: call }] }, null, event.delta.length);
        break;
      }
      case 'end':
        yield chunk({}, event.finish);
        break;
      case 'usage':
        if (includeUsage) yield line([], toChatUsage(event.usage), 0);
        break;
    }
  }
  yield 'data: [DONE]\n\n';
}
