import { abortWith } from '../../http/abort-with';
import { ApiError } from '../../http/api-error';
import { parseRequest } from '../../http/parse-request';
import { readJson } from '../../http/read-json';
import { ask, askStream } from '../context/ask';
import type { ResponseTurn } from '../context/content';
import type { RequestContext } from '../context/request-context';
import type { ModelEvent } from '../converse/model-event';
import { readFiles } from '../files/found-file';
import { fileReferences } from '../items/file-references';
import { RESPONSE_PARAMETERS, type ResponseRequest, responseRequest } from '../items/parameters';
import { refuseOutside } from '../items/refusals';
import { newResponse } from '../items/response-object';
import { promptItems, withPrompt } from '../items/stored-prompt';
import { toModelRequest } from '../items/to-model-request';
import { typed } from '../items/typed';
import { withoutDefaults } from '../parameters/parameter';
import { streamAnswer } from '../request/sse';
import { type ResponseEvent, ResponseMaker } from './response-events';

/**
 * Serves `POST /v1/responses`: validates, decides, and only then sends.
 *
 * @throws ApiError for every refusal
 */
export async function serveResponses(request: Request, context: RequestContext): Promise<Response> {
  const { serving, requestId, time, trail, heartbeatMs, now, begin } = context;
  const { body, prompt } = await withPrompt(await readJson(request), context.prompt);
  const wanted = parseResponse(body, serving.keepsContent, begin !== undefined);
  const before = promptItems(prompt);
  const turn = await begin?.(wanted, before);
  const files = await readFiles(
    async (id) => turn?.files.get(id),
    [...fileReferences(before, 'prompt'), ...fileReferences(wanted.input)],
    fileReferences(turn?.history ?? []),
  );
  const toModel = toModelRequest(wanted, turn?.history, files, before);
  const abort = abortWith(request.signal);
  const maker = new ResponseMaker(newResponse(wanted, turn ?? { id: `resp_${requestId.replaceAll('-', '')}` }, time), {
    obfuscate: wanted.stream_options?.include_obfuscation === true,
    sealed: wanted.include?.includes('reasoning.encrypted_content') ?? false,
    keptProofs: turn?.stored ?? false,
  });
  if (wanted.stream !== true) {
    for (const event of await ask(wanted.model, toModel, context, abort.signal)) maker.take(event);
    await complete(maker, turn, now);
    return Response.json(maker.current);
  }
  const events = await askStream(wanted.model, toModel, context, abort.signal);
  const failed = (error: ApiError) => maker.fail(error.message).map(toLine).join('');
  return streamAnswer(
    toLines(events, maker, () => complete(maker, turn, now)),
    { abort, heartbeatMs, trail, failed },
  );
}

/** What a client is told to be complete is stored by then. */
async function complete(maker: ResponseMaker, turn: ResponseTurn | undefined, now: () => Date): Promise<void> {
  maker.complete(now());
  await turn?.finish(maker.current, maker.proofs);
}

/**
 * Reads the body of a response.
 *
 * @param keepsContent whether the tenant's content may be kept at all
 * @param stores whether this gateway stores it
 * @throws ApiError naming the parameter that is wrong, that can't be honoured, or that would leave the deployment
 */
export function parseResponse(body: Record<string, unknown>, keepsContent: boolean, stores = false): ResponseRequest {
  refuseOutside(body, 'input', stores);
  const given = withoutDefaults(
    RESPONSE_PARAMETERS,
    { ...body, ...('input' in body && { input: typed(body.input) }) },
    keepsContent,
    stores,
  );
  const wanted = parseRequest(responseRequest, given, ['model', 'input']);
  if (wanted.stream_options !== undefined && wanted.stream !== true) {
    throw new ApiError(400, 'invalid_value', "'stream_options' belongs to a stream; set 'stream' to true", {
      param: 'stream_options',
    });
  }
  return wanted;
}

/**
 * Answers a request for a stored response: there is none.
 *
 * @throws ApiError always
 */
export function refuseStoredResponse(_context: RequestContext): never {
  throw new ApiError(404, 'response_not_found', 'there is no response with this id: none is stored', { param: 'id' });
}

async function* toLines(
  events: AsyncIterable<ModelEvent>,
  maker: ResponseMaker,
  complete: () => Promise<void>,
): AsyncGenerator<string> {
  yield maker.begin().map(toLine).join('');
  for await (const event of events) {
    const lines = maker.take(event).map(toLine).join('');
    if (lines !== '') yield lines;
  }
  await complete();
  yield maker.end().map(toLine).join('');
}

const toLine = (event: ResponseEvent) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
