import { isBrokenCircuitError } from 'cockatiel';
import type { AnyDestination } from '../../../boundary/server';
import { apiOf } from '../../http/records/destination-api';
import type { FailedAttempt } from '../../http/records/failed-attempt';
import { type NoteRequestId, RequestIds } from '../../http/records/request-ids';
import { ApiError } from '../errors/api-error';
import { finalError } from '../errors/final-error';
import { classify, movesOn, type UpstreamFailure } from '../errors/upstream-failure';
import type { Resilience } from './resilience';

export interface Served<T> {
  readonly destination: AnyDestination;
  readonly answer: T;
  /** The provider's IDs of the calls that it was answered by; undefined if there are none. */
  readonly requestIds: readonly string[] | undefined;
}

const RETRY_AFTER_SECONDS = '10';

/**
 * The first answer from a list of destinations, all of them inside the boundary. A destination with an open circuit is skipped. The
 * last one is retried a few times, because no other is left.
 *
 * @param failed receives each failed attempt
 * @throws ApiError if a destination refuses the request, or none is left; a 429 if all of them were throttled
 */
export async function firstAnswer<T>(
  destinations: readonly AnyDestination[],
  resilience: Resilience,
  call: (destination: AnyDestination, note: NoteRequestId) => Promise<T>,
  failed: (attempt: FailedAttempt) => void,
): Promise<Served<T>> {
  const last = destinations.at(-1);
  const isOnly = destinations.length === 1;
  const failures: (UpstreamFailure | undefined)[] = [];
  for (const destination of destinations) {
    const attempt = () =>
      resilience.circuit(destination, isOnly).execute(async () => {
        const ids = new RequestIds();
        try {
          const answer = await call(destination, ids.note);
          return { destination, answer, requestIds: ids.list() };
        } catch (error) {
          if (wasNotSent(error)) throw error;
          const { id, sourceRegion, regions } = destination;
          const accepted = destination.provider === 'bedrock' ? undefined : destination.accepted;
          const failure = classify(error);
          resilience.failed(destination, failure, isOnly);
          const api = apiOf(destination);
          const requestIds = ids.list();
          failed({
            destination: id,
            sourceRegion,
            failure,
            ...(api && { api }),
            ...(requestIds && { requestIds }),
            mayProcess: regions,
            accepted,
          });
          throw error;
        }
      });
    try {
      return await (destination === last ? resilience.retry.execute(attempt) : attempt());
    } catch (error) {
      if (wasNotSent(error)) throw error;
      const isSkipped = isBrokenCircuitError(error);
      const failure = isSkipped ? resilience.lastFailure(destination, isOnly) : classify(error);
      if (!isSkipped && failure !== undefined && !movesOn(failure)) throw finalError(failure);
      failures.push(failure);
    }
  }
  const headers = { 'retry-after': RETRY_AFTER_SECONDS };
  if (failures.every((failure) => failure === 'throttled')) {
    throw new ApiError(
      429,
      'provider_throttled',
      "the model's provider throttles this account in every destination inside the boundary, and no destination outside it is ever used; try " +
        'again later',
      { type: 'server_error', headers },
    );
  }
  throw new ApiError(
    503,
    'residency_no_destination',
    'no destination inside the boundary could answer now, and no destination outside it is ever used; try again later',
    { headers },
  );
}

/** The gateway's own refusal of a request that is too large to send, so that no destination received it. */
const wasNotSent = (error: unknown): boolean => error instanceof ApiError && error.status === 413;
