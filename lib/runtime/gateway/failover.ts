import type { Destination } from '../../boundary/destination';
import { ApiError } from './api-error';
import { classify, movesOn, type UpstreamFailure } from './upstream-failure';

/** A destination that was sent the request and failed. */
export interface Attempt {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly failure: UpstreamFailure;
  /** Every Region that may have processed the request all the same. */
  readonly mayProcess: readonly string[];
}

export interface Served<T> {
  readonly destination: Destination;
  readonly answer: T;
}

const RETRY_AFTER_SECONDS = '10';

/**
 * The first answer along destinations that were all decided to be inside.
 *
 * @param failed is told of each attempt that failed, as it fails
 * @throws ApiError when a destination refuses the request, or none is left
 */
export async function firstAnswer<T>(
  destinations: readonly Destination[],
  call: (destination: Destination) => Promise<T>,
  failed: (attempt: Attempt) => void,
): Promise<Served<T>> {
  for (const destination of destinations) {
    try {
      return { destination, answer: await call(destination) };
    } catch (error) {
      const failure = classify(error);
      const { id, sourceRegion, regions } = destination;
      failed({ destination: id, sourceRegion, failure, mayProcess: regions });
      if (!movesOn(failure)) throw final(failure);
    }
  }
  throw new ApiError(
    503,
    'residency_no_destination',
    'no destination inside the boundary could answer now, and none outside is ever used; try again later',
    { headers: { 'retry-after': RETRY_AFTER_SECONDS } },
  );
}

function final(failure: UpstreamFailure): ApiError {
  if (failure === 'rejected') {
    return new ApiError(
      400,
      'provider_rejected_request',
      "the model's provider refused this request as it is; what it said is not repeated, because it can quote the " +
        'request: check the length of the conversation and what this model supports (tools, images, parameters)',
    );
  }
  // `x-should-retry` is read by OpenAI's clients: what a role lacks is still lacking a second later.
  const headers = { 'x-should-retry': 'false' };
  return failure === 'denied'
    ? new ApiError(
        502,
        'provider_denied_gateway',
        "the model's provider doesn't let this gateway call the model; its operator must check model access, the role " +
          'and the endpoint policy in the Region that the log names',
        { headers },
      )
    : new ApiError(502, 'provider_failed', "the model's provider gave no answer that can be read", { headers });
}
