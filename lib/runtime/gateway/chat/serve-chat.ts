import { abortWith } from '../abort-with';
import { ApiError } from '../api-error';
import { ask, askStream } from '../converse/ask';
import { withoutDefaults } from '../parameter';
import { parseRequest } from '../parse-request';
import { readJson } from '../read-json';
import type { RequestContext } from '../request-context';
import { streamAnswer } from '../sse';
import { toChunks } from './chunks';
import { toCompletion } from './completion';
import { CHAT_PARAMETERS, type ChatRequest, chatRequest } from './parameters';
import { toModelRequest } from './to-model-request';

/**
 * Serves `POST /v1/chat/completions`: validates, decides, and only then sends.
 *
 * @throws ApiError for every refusal
 */
export async function serveChat(request: Request, context: RequestContext): Promise<Response> {
  const { serving, requestId, time, trail, heartbeatMs } = context;
  const chat = parseChat(await readJson(request), serving.keepsContent);
  const wanted = toModelRequest(chat);
  const about = { id: `chatcmpl-${requestId}`, created: Math.floor(time.getTime() / 1000), model: chat.model };
  const abort = abortWith(request.signal);
  if (chat.stream !== true) {
    return Response.json(toCompletion(await ask(chat.model, wanted, context, abort.signal), about));
  }
  const events = await askStream(chat.model, wanted, context, abort.signal);
  const { include_usage, include_obfuscation } = chat.stream_options ?? {};
  const chunks = toChunks(events, about, {
    includeUsage: include_usage === true,
    obfuscate: include_obfuscation === true,
  });
  const failed = (error: ApiError) => `data: ${JSON.stringify({ error: error.toBody() })}\n\n`;
  return streamAnswer(chunks, { abort, heartbeatMs, trail, failed });
}

/**
 * Reads the body of a chat completion.
 *
 * @param keepsContent whether the tenant's content may be kept at all
 * @throws ApiError naming the parameter that is wrong or that can't be honoured
 */
export function parseChat(body: Record<string, unknown>, keepsContent: boolean): ChatRequest {
  const chat = parseRequest(chatRequest, withoutDefaults(CHAT_PARAMETERS, body, keepsContent), ['model', 'messages']);
  if (chat.stream_options !== undefined && chat.stream !== true) {
    throw new ApiError(400, 'invalid_value', "'stream_options' belongs to a stream; set 'stream' to true", {
      param: 'stream_options',
    });
  }
  return chat;
}
