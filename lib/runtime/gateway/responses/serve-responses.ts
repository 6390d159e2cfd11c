import { abortWith } from '../../http/abort-with';
import { JsonAnswer } from '../../http/json-answer';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { batchesOf } from '../../http/stream/batches';
import { streamAnswer } from '../../http/stream/sse';
import { ask, askStream } from '../context/ask';
import type { ResponseTurn } from '../context/content';
import type { RequestContext } from '../context/request-context';
import type { ModelEvent } from '../converse/model-event';
import { ApiError } from '../errors/api-error';
import { streamError } from '../errors/stream-error';
import { readFiles } from '../files/found-file';
import { fileReferences } from '../items/file-references';
import { withReferencedItems } from '../items/item-references';
import { RESPONSE_HINTS, RESPONSE_PARAMETERS, type ResponseRequest, responseRequest } from '../items/parameters';
import { refuseOutside } from '../items/refusals';
import { newResponse } from '../items/response-object';
import { promptItems, type StoredPrompt, withPrompt } from '../items/stored-prompt';
import { toModelRequest } from '../items/to-model-request';
import { typed } from '../items/typed';
import { withOneCacheControl } from '../parameters/cache-control';
import { ignoredHints, withoutDefaults } from '../parameters/parameter';
import { allowOrRefuse, decideChatModel } from '../routing/decide';
import { type ResponseEvent, ResponseMaker } from './response-events';

/**
 * Serves `POST /v1/responses`: validates, decides, and only then sends.
 *
 * @throws ApiError for every refusal
 */
export async function serveResponses(request: Request, context: RequestContext): Promise<Response> {
  const { policy, requestId, time, log, heartbeatMs, begin } = context;
  const received = await readJson(request);
  const { body: given, prompt } = await withPrompt(received, context.prompt);
  const body = await withReferencedItems(given, context.items);
  const requested = parseResponse(body, policy.keepsContent, begin !== undefined);
  if (requested.background === true) refuseShared(prompt);
  log.ignored = ignoredHints(RESPONSE_HINTS, requested);
  const before = promptItems(prompt);
  const turn = await begin?.(requested, before, prompt?.shared);
  const files = await readFiles(
    async (id) => turn?.files.get(id),
    [...fileReferences(before, 'prompt'), ...fileReferences(requested.input)],
    fileReferences(turn?.history ?? []),
  );
  const toModel = toModelRequest(requested, turn?.history, files, before);
  if (requested.background === true) {
    // Later versions of the prompt don't change what was received.
    const pinned = prompt && { prompt: requested.prompt, model: requested.model };
    return defer(requested, { ...received, ...pinned }, turn, context);
  }
  const maker = new ResponseMaker(
    newResponse(requested, turn ?? { id: `resp_${requestId.replaceAll('-', '')}` }, time),
    {
      obfuscate: requested.stream_options?.include_obfuscation === true,
      includesProofs: requested.include?.includes('reasoning.encrypted_content') ?? false,
      storesProofs: turn?.stored ?? false,
    },
  );
  if (requested.stream !== true) {
    for (const event of await ask(requested.model, toModel, context, request.signal)) maker.take(event);
    await complete(maker, turn, context);
    return new JsonAnswer(maker.current);
  }
  const abort = abortWith(request.signal);
  const events = await askStream(requested.model, toModel, context, abort.signal);
  const failed = (error: unknown) => maker.fail(streamError(error, log).message).map(toLine).join('');
  return streamAnswer(
    toLines(events, maker, () => complete(maker, turn, context)),
    { abort, heartbeatMs, log, failed },
  );
}

/**
 * Stores a request whose answer the client reads later.
 *
 * @throws ApiError if no model of this name is served, or nothing is answered in the background here
 */
async function defer(
  requested: ResponseRequest,
  received: Readonly<Record<string, unknown>>,
  turn: ResponseTurn | undefined,
  { policy, log, time }: RequestContext,
): Promise<Response> {
  log.model = allowOrRefuse(decideChatModel(policy, requested.model), log).alias;
  if (turn?.defer === undefined) {
    throw new ApiError(
      400,
      // The code of version 0.1.0, which answered nothing in the background.
      'residency_store_refused',
      "'background' may only be false: this workspace answers nothing in the background; its operator turns it on with " +
        "'background: {}' in residency.yaml",
      { param: 'background' },
    );
  }
  const response = { ...newResponse(requested, turn, time), status: 'queued' as const };
  const { background: _, ...body } = received;
  await turn.defer(response, body);
  return new JsonAnswer(response);
}

/** @throws ApiError for a prompt that is shared with a group: a worker has no token that names the member's groups */
function refuseShared(prompt: StoredPrompt | undefined): void {
  if (prompt?.shared === undefined) return;
  throw new ApiError(
    400,
    'unsupported_value',
    "'prompt.id' may not name a shared prompt with 'background', where no token names your groups; leave 'background' out, or use a " +
      'prompt of your own',
    { param: 'prompt.id' },
  );
}

/** A response is stored before its client learns that it is complete. */
async function complete(
  maker: ResponseMaker,
  turn: ResponseTurn | undefined,
  { now, log }: RequestContext,
): Promise<void> {
  maker.complete(now());
  await turn?.finish(maker.current, maker.proofs, log.destination?.modelId ?? maker.current.model);
}

/**
 * Reads the body of a response.
 *
 * @param keepsContent whether the tenant's content may be stored at all
 * @param stores whether this gateway stores it
 * @throws ApiError naming the parameter that is wrong, that can't be honoured, or that would leave the deployment
 */
export function parseResponse(raw: Record<string, unknown>, keepsContent: boolean, stores = false): ResponseRequest {
  const body = withOneCacheControl(raw, 'input');
  refuseOutside(body, 'input', stores);
  const given = withoutDefaults(
    RESPONSE_PARAMETERS,
    { ...body, input: typed(body.input ?? inputOf(body)) },
    keepsContent,
    stores,
  );
  const requested = parseRequest(responseRequest, given, ['model', 'input']);
  requireReadLater(requested);
  if (requested.stream_options !== undefined && requested.stream !== true) {
    throw new ApiError(400, 'invalid_value', "'stream_options' applies only to a stream; set 'stream' to true", {
      param: 'stream_options',
    });
  }
  return requested;
}

/** @throws ApiError for a background answer that can't be read later */
function requireReadLater({ background, stream, store }: ResponseRequest): void {
  if (background !== true) return;
  if (stream === true) {
    throw new ApiError(
      400,
      'unsupported_value',
      "'stream' may not be true with 'background': a stored response can't be streamed; leave it out, and read the answer with GET " +
        '/v1/responses/{id}',
      { param: 'stream' },
    );
  }
  if (store === false) {
    throw new ApiError(400, 'invalid_value', "'store' may not be false with 'background', whose answer is read later", {
      param: 'store',
    });
  }
}

/** The input of a request that gives none; undefined if nothing stands in for it. */
function inputOf({ instructions, previous_response_id, conversation }: Record<string, unknown>): unknown {
  const isEnough = typeof instructions === 'string' && instructions.trim() !== '';
  return isEnough || (previous_response_id ?? conversation) ? [] : undefined;
}

/**
 * Refuses a request for a stored response, because none is stored.
 *
 * @throws ApiError always
 */
export function refuseStoredResponse(_context: RequestContext): never {
  throw new ApiError(404, 'response_not_found', "no response has this id: this gateway doesn't store responses", {
    param: 'id',
  });
}

async function* toLines(
  events: AsyncIterable<ModelEvent>,
  maker: ResponseMaker,
  complete: () => Promise<void>,
): AsyncGenerator<string> {
  yield maker.begin().map(toLine).join('');
  for await (const batch of batchesOf(events)) {
    let lines = '';
    for (const event of batch) for (const made of maker.take(event)) lines += toLine(made);
    if (lines !== '') yield lines;
  }
  await complete();
  yield maker.end().map(toLine).join('');
}

const toLine = (event: ResponseEvent) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
