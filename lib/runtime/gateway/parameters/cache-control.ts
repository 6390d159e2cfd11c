import * as z from 'zod/mini';
import type { CacheControl } from '../converse/model-request';
import { ApiError } from '../errors/api-error';

/** A wish that the provider caches the prompt, in the form of Anthropic, LiteLLM and OpenRouter. */
export const cacheControl = z.strictObject({
  type: z.literal('ephemeral'),
  ttl: z.optional(z.enum(['5m', '1h'])),
});

type Loose = Readonly<Record<string, unknown>>;

/**
 * The body with the marks of its messages, parts and tools as its own parameter: they ask for a cache, and the gateway decides where its
 * points stand. The body itself if it has none.
 *
 * @param list the parameter that holds the conversation
 * @throws ApiError if a mark has another form
 */
export function withOneCacheControl(
  body: Record<string, unknown>,
  list: 'messages' | 'input',
): Record<string, unknown> {
  if (!isMarked(body[list]) && !isMarked(body.tools)) return body;
  const marks: CacheControl[] = [];
  const unmarked = <T>(value: T, param: string): T => {
    if (!isObject(value) || !('cache_control' in value)) return value;
    const { cache_control: mark, ...rest } = value;
    if (mark !== null) marks.push(read(mark, `${param}.cache_control`));
    return rest as T;
  };
  const inside = <T>(value: T, key: 'content' | 'output' | 'function', param: string): T => {
    const inner = isObject(value) ? value[key] : undefined;
    if (Array.isArray(inner)) {
      const parts = each(inner, (part, at) => unmarked(part, `${param}.${key}[${at}]`));
      return parts === inner ? value : { ...value, [key]: parts };
    }
    const plain = unmarked(inner, `${param}.${key}`);
    return plain === inner ? value : { ...value, [key]: plain };
  };
  const entries = each(body[list], (entry, at) => {
    const param = `${list}[${at}]`;
    return inside(inside(unmarked(entry, param), 'content', param), 'output', param);
  });
  const tools = each(body.tools, (tool, at) => inside(unmarked(tool, `tools[${at}]`), 'function', `tools[${at}]`));
  const cache_control = body.cache_control ?? marks.find(({ ttl }) => ttl === '1h') ?? marks[0];
  return {
    ...body,
    ...(entries !== undefined && { [list]: entries }),
    ...(tools !== undefined && { tools }),
    ...(cache_control !== undefined && { cache_control }),
  };
}

/** Whether an entry of a list, or a part of one, has a mark. Most requests have none, and cost no more than this. */
function isMarked(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  for (const entry of list) {
    if (!isObject(entry)) continue;
    const { cache_control: mark, content, output, function: named } = entry;
    if (mark !== undefined || isMarked(content) || isMarked(output) || (named && isMarked([named]))) return true;
  }
  return false;
}

/** A list with each entry changed; the list itself if none is. */
function each(list: unknown, change: (entry: unknown, at: number) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  const changed = list.map(change);
  return changed.some((entry, at) => entry !== list[at]) ? changed : list;
}

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(mark: unknown, param: string): CacheControl {
  const result = cacheControl.safeParse(mark);
  if (result.success) return result.data;
  const message = `'${param}' must be {"type":"ephemeral"}, optionally with a 'ttl' of "5m" or "1h"`;
  throw new ApiError(400, 'invalid_value', message, { param });
}
