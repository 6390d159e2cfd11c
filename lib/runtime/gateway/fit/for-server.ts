import type { ServerDestination } from '../../../boundary/server';
import type { Effort, ModelRequest, Thinking } from '../converse/model-request';
import { unsayable } from './chat';
import type { Prepared, Unable } from './fit';
import { withUserFirst } from './history';
import { BUDGET } from './reasoning';
import { DISPLAY, EFFORT } from './thinking';

/**
 * A request for a server. It reports itself what it can't honour. The gateway decides what must not be sent to it.
 *
 * @param caching whether the model's configuration lets its provider cache prompts; undefined if it doesn't say
 */
export function forServer(
  request: ModelRequest,
  { provider, schemasMayLeave }: ServerDestination,
  keepsContent: boolean,
  caching?: boolean,
): Prepared | Unable {
  const { thinking, ...others } = request;
  const { conversationParam, format, cacheControl } = request;
  // Only OpenAI's own models read a PDF.
  const unable = unsayable(request.converse, conversationParam, provider === 'openai');
  if (unable !== undefined) return unable;
  // Templates of many models need a user, and OpenAI's models don't.
  const { messages = [] } = request.converse;
  const converse = messages.length > 0 ? request.converse : { ...request.converse, messages: withUserFirst([]) };
  const { effort = request.effort, ignored: unsaid } = asEffort(thinking);
  // Such a server decides itself what it caches.
  const ignored = [...(cacheControl ? ['cache_control'] : []), ...unsaid];
  const prepared = {
    converse,
    chat: { ...others, effort, converse, cachesInMemory: !keepsContent || caching === false },
    ...(ignored.length > 0 && { ignored }),
  };
  if (keepsContent || schemasMayLeave) return prepared;
  if (format?.schema !== undefined) return { cannot: format.schemaParam, leaves: true };
  const strict = converse.toolConfig?.tools?.some(({ toolSpec }) => toolSpec?.strict);
  return strict ? { cannot: 'tools', leaves: true } : prepared;
}

/** Reasoning in OpenAI's terms, which have an effort only: a request for one is a request to reason. The rest is listed as ignored. */
function asEffort({ type, effort, budget, display }: Thinking = {}): {
  readonly effort?: Effort;
  readonly ignored: readonly string[];
} {
  const value = type === 'disabled' ? undefined : effort;
  return {
    ...(value && { effort: { param: EFFORT, value } }),
    ignored: [
      ...(type !== undefined && value === undefined ? ['thinking'] : []),
      ...(value !== undefined && budget !== undefined ? [BUDGET] : []),
      ...(value !== undefined && display === 'omitted' ? [DISPLAY] : []),
      ...(effort !== undefined && value === undefined ? [EFFORT] : []),
    ],
  };
}
