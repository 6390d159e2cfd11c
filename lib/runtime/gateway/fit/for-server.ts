import type { ServerDestination } from '../../../boundary/server';
import type { ModelRequest } from '../converse/model-request';
import { unsayable } from './chat';
import type { Prepared, Unable } from './fit';
import { withUserFirst } from './history';

/** A request for a server. It reports itself what it can't honour. The gateway decides what must not be sent to it. */
export function forServer(
  request: ModelRequest,
  { provider, schemasMayLeave }: ServerDestination,
  keepsContent: boolean,
): Prepared | Unable {
  const { conversationParam, format, thinking, cacheControl } = request;
  // Only OpenAI's own models read a PDF.
  const unable = unsayable(request.converse, conversationParam, provider === 'openai');
  if (unable !== undefined) return unable;
  // Templates of many models need a user, and OpenAI's models don't.
  const { messages = [] } = request.converse;
  const converse = messages.length > 0 ? request.converse : { ...request.converse, messages: withUserFirst([]) };
  // Such a server decides itself what it caches.
  const ignored = [...(cacheControl ? ['cache_control'] : []), ...(thinking?.type ? ['thinking'] : [])];
  const prepared = { converse, chat: { ...request, converse }, ...(ignored.length > 0 && { ignored }) };
  if (keepsContent || schemasMayLeave) return prepared;
  if (format?.schema !== undefined) return { cannot: format.schemaParam, leaves: true };
  const strict = converse.toolConfig?.tools?.some(({ toolSpec }) => toolSpec?.strict);
  return strict ? { cannot: 'tools', leaves: true } : prepared;
}
