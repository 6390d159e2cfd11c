import { abortWith } from '../../http/abort-with';
import { JsonAnswer } from '../../http/json-answer';
import { readJson } from '../../http/read-json';
import { streamAnswer } from '../../http/stream/sse';
import { ask, askStream } from '../context/ask';
import type { RequestContext } from '../context/request-context';
import type { ModelRequest } from '../converse/model-request';
import { ApiError } from '../errors/api-error';
import { streamError } from '../errors/stream-error';
import { readFiles } from '../files/found-file';
import { takesReasoningBack } from '../fit/prepare';
import { allowOrRefuse, decideChatModel } from '../routing/decide';
import { countTokens } from './count-tokens';
import { fileReferences } from './entries';
import { type MessageAbout, toMessage } from './message';
import { toErrorBody } from './message-error';
import { eventOf, PING, toMessageEvents } from './message-events';
import type { MessagesRequest } from './parameters';
import { ignoredOf, parseMessages, requireVersion } from './parse-messages';
import { toModelRequest } from './to-model-request';

/**
 * Serves `POST /v1/messages`: validates, decides, and only then sends. It stores nothing.
 *
 * @throws ApiError for every refusal
 */
export async function serveMessages(request: Request, context: RequestContext): Promise<Response> {
  const { requestId, log, heartbeatMs } = context;
  const [message, modelRequest] = await read(request, context, ['model', 'max_tokens', 'messages']);
  const about = aboutOf(message, requestId);
  if (message.stream !== true) {
    return new JsonAnswer(toMessage(await ask(message.model, modelRequest, context, request.signal), about));
  }
  const abort = abortWith(request.signal);
  const events = toMessageEvents(await askStream(message.model, modelRequest, context, abort.signal), about);
  const failed = (error: unknown) => eventOf(toErrorBody(streamError(error, log), requestId));
  return streamAnswer(events, { abort, heartbeatMs, heartbeat: PING, log, failed });
}

/**
 * Serves `POST /v1/messages/count_tokens`: estimates, and calls nothing.
 *
 * @throws ApiError for every refusal
 */
export async function serveCountTokens(request: Request, context: RequestContext): Promise<Response> {
  const [message, { converse }] = await read(request, context, ['model', 'messages']);
  const { policy, log } = context;
  const { alias, destinations } = allowOrRefuse(decideChatModel(policy, message.model), log);
  log.model = alias;
  const takesReasoning = destinations.some((destination) => takesReasoningBack(destination, policy));
  return Response.json({ input_tokens: countTokens(converse, takesReasoning) });
}

async function read(
  request: Request,
  context: RequestContext,
  required: readonly string[],
): Promise<[MessagesRequest, ModelRequest]> {
  const { policy, file, log } = context;
  requireVersion(request.headers);
  const rules = { keepsContent: policy.keepsContent, hasFiles: file !== undefined, required };
  const message = parseMessages(await readJson(request), rules);
  for (const param of required) requireGiven(message, param as keyof MessagesRequest);
  log.ignored = ignoredOf(message, request.headers);
  const files = await readFiles(async (id) => file?.(id), fileReferences(message.messages));
  return [message, toModelRequest(message, files)];
}

/** `max_tokens` is optional in one of the two requests only. */
function requireGiven(message: MessagesRequest, param: keyof MessagesRequest): void {
  if (message[param] !== undefined) return;
  throw new ApiError(400, 'missing_required_parameter', `'${param}' is required`, { param });
}

function aboutOf({ model, thinking, stop_sequences = [] }: MessagesRequest, requestId: string): MessageAbout {
  const showsReasoning = thinking !== undefined && thinking.type !== 'disabled';
  return { id: `msg_${requestId.replaceAll('-', '')}`, model, showsReasoning, stopSequences: stop_sequences };
}
