import { abortWith } from '../../http/abort-with';
import { JsonAnswer } from '../../http/json-answer';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { streamAnswer } from '../../http/stream/sse';
import { ask, askStream } from '../context/ask';
import type { RequestContext } from '../context/request-context';
import { ApiError } from '../errors/api-error';
import { streamError } from '../errors/stream-error';
import { type ModelFiles, readFiles } from '../files/found-file';
import { refuseOutside } from '../items/refusals';
import { withOneCacheControl } from '../parameters/cache-control';
import { ignoredHints, withoutDefaults } from '../parameters/parameter';
import { toChunks } from './chunks';
import { toCompletion } from './completion';
import { fileReferences } from './entries';
import { CHAT_HINTS, CHAT_PARAMETERS, type ChatRequest, chatRequest } from './parameters';
import { toModelRequest } from './to-model-request';

/**
 * Serves `POST /v1/chat/completions`: validates, decides, and only then sends.
 *
 * @throws ApiError for every refusal
 */
export async function serveChat(request: Request, context: RequestContext): Promise<Response> {
  const { policy, requestId, time, log, heartbeatMs } = context;
  const chat = parseChat(await readJson(request), policy.keepsContent);
  log.ignored = ignoredHints(CHAT_HINTS, chat);
  const modelRequest = toModelRequest(chat, await filesOf(chat, context));
  const about = { id: `chatcmpl-${requestId}`, created: Math.floor(time.getTime() / 1000), model: chat.model };
  if (chat.stream !== true) {
    return new JsonAnswer(toCompletion(await ask(chat.model, modelRequest, context, request.signal), about));
  }
  const abort = abortWith(request.signal);
  const events = await askStream(chat.model, modelRequest, context, abort.signal);
  const { include_usage, include_obfuscation } = chat.stream_options ?? {};
  const chunks = toChunks(events, about, {
    includeUsage: include_usage === true,
    obfuscate: include_obfuscation === true,
  });
  const failed = (error: unknown) => `data: ${JSON.stringify({ error: streamError(error, log).toBody() })}\n\n`;
  return streamAnswer(chunks, { abort, heartbeatMs, log, failed });
}

/** The files that a chat names. A project has none. */
async function filesOf({ messages }: ChatRequest, { file }: RequestContext): Promise<ModelFiles> {
  const references = fileReferences(messages);
  const [first] = references;
  if (file !== undefined || first === undefined) return readFiles(async (id) => file?.(id), references);
  throw new ApiError(
    400,
    'residency_remote_content_refused',
    `'${first.param}' is refused: this gateway doesn't store files; send the content itself as 'file_data'`,
    { param: first.param },
  );
}

/**
 * Reads the body of a chat completion.
 *
 * @param keepsContent whether the tenant's content may be stored at all
 * @throws ApiError naming the parameter that is wrong or that can't be honoured
 */
export function parseChat(given: Record<string, unknown>, keepsContent: boolean): ChatRequest {
  const body = withOneCacheControl(given, 'messages');
  refuseOutside({ tools: body.tools, tool_choice: body.tool_choice });
  const chat = parseRequest(chatRequest, withoutDefaults(CHAT_PARAMETERS, body, keepsContent), ['model', 'messages']);
  if (chat.stream_options !== undefined && chat.stream !== true) {
    throw new ApiError(400, 'invalid_value', "'stream_options' applies only to a stream; set 'stream' to true", {
      param: 'stream_options',
    });
  }
  return chat;
}
