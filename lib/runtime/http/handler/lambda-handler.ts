import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiVariables } from '../../../contract/environment';
import { ApiError } from '../api-error';
import { JsonAnswer } from '../json-answer';
import { type RestEvent, toRequest } from '../lambda-event';
import { plainHeadersOf } from '../own-answer';
import { StreamAnswer } from '../stream/stream-answer';
import type { FetchHandler } from './request-env';

/** The environment variables that the handler reads. */
type HandlerEnvironment = { readonly [Name in keyof ApiVariables]?: string };

/**
 * Serves the requests of a REST API whose integration streams responses.
 *
 * @param settled is awaited after each answer: a function that has returned is frozen, together with what it was writing
 * @param refusalOf the answer to an event that isn't served; by default every event is
 */
export const lambdaHandler = (
  api: FetchHandler,
  settled: () => Promise<void>,
  environment: HandlerEnvironment = process.env,
  refusalOf: (event: RestEvent) => Response | undefined = () => undefined,
) =>
  awslambda.streamifyResponse(async (event: RestEvent, stream: Writable) => {
    const response = refusalOf(event) ?? (await serve(api, event, environment.BASE_PATH));
    const metadata = { statusCode: response.status, headers: plainHeadersOf(response) };
    const out = awslambda.HttpResponseStream.from(stream, metadata);
    // Lambda sends the status and headers with the first write only, even for an empty body.
    out.write('');
    try {
      if (response instanceof StreamAnswer) await response.writeTo(out);
      else await pipeline(response instanceof JsonAnswer ? [response.content] : (response.body ?? []), out);
    } finally {
      await settled();
    }
  });

async function serve(api: FetchHandler, event: RestEvent, basePath?: string): Promise<Response> {
  let request: Request;
  try {
    request = toRequest(event, basePath);
  } catch {
    return new ApiError(400, 'invalid_value', 'the method, path or a header has an invalid form').toUnservedResponse();
  }
  return api.fetch(request);
}
