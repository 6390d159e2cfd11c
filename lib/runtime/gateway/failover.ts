import { isBrokenCircuitError } from 'cockatiel';
import type { AnyDestination } from '../../boundary/server';
import { ApiError } from './api-error';
import type { Resilience } from './resilience';
import { classify, movesOn, type UpstreamFailure } from './upstream-failure';

/** A destination that was sent the request and failed. */
export interface Attempt {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly failure: UpstreamFailure;
  /** Every Region that may have processed the request all the same. */
  readonly mayProcess: readonly string[];
  /** Why a place beyond the boundary was accepted for it. */
  readonly accepted?: string;
}

export interface Served<T> {
  readonly destination: AnyDestination;
  readonly answer: T;
}

const RETRY_AFTER_SECONDS = '10';

/**
 * The first answer along destinations that were all decided to be inside. A destination whose circuit is open is passed
 * over; the last one is tried again a few times, since there is nowhere left to go.
 *
 * @param failed is told of each attempt that failed, as it fails
 * @throws ApiError when a destination refuses the request, or none is left
 */
export async function firstAnswer<T>(
  destinations: readonly AnyDestination[],
  resilience: Resilience,
  call: (destination: AnyDestination) => Promise<T>,
  failed: (attempt: Attempt) => void,
): Promise<Served<T>> {
  const last = destinations.at(-1);
  for (const destination of destinations) {
    const attempt = () =>
      resilience.circuit(destination).execute(async () => {
        try {
          return await call(destination);
        } catch (error) {
          const { id, sourceRegion, regions } = destination;
          const accepted = destination.provider === 'bedrock' ? undefined : destination.accepted;
          failed({ destination: id, sourceRegion, failure: classify(error), mayProcess: regions, accepted });
          throw error;
        }
      });
    try {
      return { destination, answer: await (destination === last ? resilience.retry.execute(attempt) : attempt()) };
    } catch (error) {
      if (isBrokenCircuitError(error)) continue;
      const failure = classify(error);
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

/** What a client is told of a failure that another destination wouldn't change, or that comes once a stream has begun. */
export function final(failure: UpstreamFailure): ApiError {
  // `x-should-retry` is read by OpenAI's clients: what a role lacks is still lacking a second later.
  const headers = { 'x-should-retry': 'false' };
  switch (failure) {
    case 'rejected':
      return new ApiError(
        400,
        'provider_rejected_request',
        "the model's provider refused this request as it is; what it said is not repeated, because it can quote the " +
          'request: check the length of the conversation and what this model supports (tools, images, parameters)',
      );
    case 'denied':
      return new ApiError(
        502,
        'provider_denied_gateway',
        "the model's provider doesn't let this gateway call the model; its operator must check model access, the role " +
          'and the endpoint policy in the Region that the log names',
        { headers },
      );
    case 'abandoned':
      return new ApiError(499, 'client_closed_request', 'the client closed the connection before the answer was made');
    case 'broken':
      return new ApiError(502, 'provider_failed', "the model's provider gave no answer that can be read", { headers });
    default:
      return new ApiError(502, 'provider_failed', "the model's provider failed while it answered; try again");
  }
}
