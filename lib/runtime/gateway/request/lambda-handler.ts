import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiVariables } from '../../../contract/environment';
import type { EnvironmentOf } from '../../aws/endpoint';
import { ApiError } from '../../http/api-error';
import { type RestEvent, toRequest } from '../../http/lambda-event';
import type { Gateway } from './gateway-env';

/**
 * Serves the requests of a REST API whose integration streams responses.
 *
 * @param settled is waited for after each answer: a function that has returned is frozen, and what it was writing with it
 * @param environment has as `BASE_PATH` where the API begins under a domain of one's own
 */
export const lambdaHandler = (
  gateway: Gateway,
  settled: () => Promise<void>,
  environment: EnvironmentOf<ApiVariables> = process.env,
) =>
  awslambda.streamifyResponse(async (event: RestEvent, stream: Writable) => {
    const response = await serve(gateway, event, environment.BASE_PATH);
    const metadata = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
    const out = awslambda.HttpResponseStream.from(stream, metadata);
    // Lambda sends the status and headers with the first write only, even where there is no body.
    out.write('');
    try {
      await pipeline(response.body ?? [], out);
    } finally {
      await settled();
    }
  });

async function serve(gateway: Gateway, event: RestEvent, basePath?: string): Promise<Response> {
  let request: Request;
  try {
    request = toRequest(event, basePath);
  } catch {
    return new ApiError(
      400,
      'invalid_value',
      'the method, path or a header has a form that no request can have',
    ).toUnservedResponse();
  }
  return gateway.fetch(request);
}
