import type { CacheControl } from '../converse/model-request';
import type { CacheMark } from './block-schema';
import type { MessagesRequest } from './parameters';

/** A value that may have a mark, and its parts, which may have more. */
interface Marked {
  readonly cache_control?: CacheMark | null;
  readonly content?: unknown;
  readonly source?: { readonly content?: unknown };
}

/** The marks of a request, in its blocks and tools too. */
export const cacheMarks = (request: MessagesRequest): CacheMark[] => [
  ...(request.cache_control ? [request.cache_control] : []),
  ...marksIn(request.tools),
  ...marksIn(request.system),
  ...request.messages.flatMap(({ content }) => marksIn(content)),
];

/** All marks as one request, because the gateway decides where the points stand. */
export function cacheControlOf(marks: readonly CacheMark[]): CacheControl | undefined {
  const mark = marks.find(({ ttl }) => ttl === '1h') ?? marks[0];
  return mark && { type: 'ephemeral', ...(mark.ttl && { ttl: mark.ttl }) };
}

function marksIn(blocks: unknown): CacheMark[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.flatMap(({ cache_control: mark, content, source }: Marked) => [
    ...(mark ? [mark] : []),
    ...marksIn(content),
    ...marksIn(source?.content),
  ]);
}
