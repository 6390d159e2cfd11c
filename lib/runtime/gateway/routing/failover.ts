import { isBrokenCircuitError } from 'cockatiel';
import type { AnyDestination } from '../../../boundary/server';
import { ApiError } from '../../http/api-error';
import type { Attempt } from '../request/attempt';
import { final } from '../request/final';
import { classify, movesOn } from '../request/upstream-failure';
import type { Resilience } from './resilience';

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
