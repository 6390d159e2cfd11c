import { isBrokenCircuitError } from 'cockatiel';
import type { AnyDestination } from '../../../boundary/server';
import type { LeftState } from '../../../contract/provider-state';
import { apiOf } from '../../http/records/destination-api';
import type { FailedAttempt } from '../../http/records/failed-attempt';
import { type NoteRequestId, RequestIds } from '../../http/records/request-ids';
import { type SkippedDestination, skippedAs } from '../../http/records/skipped-destination';
import { ApiError } from '../errors/api-error';
import { finalError } from '../errors/final-error';
import { mayRefuseContent, refusalOf } from '../errors/provider-refusal';
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
 * The first answer from a list of destinations, all of them inside the boundary. A destination with an open circuit is skipped, and so is
 * one whose provider or model is out of use. After a 403 the next one is tried only if the content can't be its cause. The last one is retried a few times, because no other is left.
 *
 * @param failed receives each failed attempt
 * @param skipped receives each destination that was passed over without a call
 * @param isGuarded whether a guardrail checks each call. It may be the guardrail that is denied, so no other call is tried
 * @throws ApiError if a destination refuses the request, or none is left; a 429 if all of them were throttled
 */
export async function firstAnswer<T>(
  destinations: readonly AnyDestination[],
  resilience: Resilience,
  call: (destination: AnyDestination, note: NoteRequestId) => Promise<T>,
  failed: (attempt: FailedAttempt) => void,
  skipped: (one: SkippedDestination) => void,
  isGuarded = false,
): Promise<Served<T>> {
  const out = destinations.flatMap((destination) => resilience.providers?.leftOf(destination) ?? []);
  const usable = destinations.filter((destination) => resilience.providers?.leftOf(destination) === undefined);
  const last = usable.at(-1);
  const isOnly = usable.length === 1;
  const failures: (UpstreamFailure | undefined)[] = [];
  for (const destination of destinations) {
    if (!usable.includes(destination)) {
      skipped(skippedAs('out-of-use', destination));
      continue;
    }
    let wasCalled = false;
    const attempt = () =>
      resilience.circuit(destination, isOnly).execute(async () => {
        wasCalled = true;
        const ids = new RequestIds();
        try {
          const answer = await call(destination, ids.note);
          resilience.providers?.answered(destination);
          return { destination, answer, requestIds: ids.list() };
        } catch (error) {
          if (wasNotSent(error)) throw error;
          const { id, sourceRegion, regions } = destination;
          const accepted = destination.provider === 'bedrock' ? undefined : destination.accepted;
          const failure = classify(error);
          resilience.failed(destination, failure, isOnly);
          if (!isGuarded || refusalOf(error) !== 'access') resilience.providers?.failed(destination, error);
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
      if (isSkipped && !wasCalled) skipped(skippedAs('failed-before', destination));
      const failure = isSkipped ? resilience.lastFailure(destination, isOnly) : classify(error);
      const isFinal =
        failure !== undefined &&
        (!(isGuarded ? movesOnGuarded : movesOn)(failure) ||
          (mayRefuseContent(error) && !resilience.providers?.deniesProbes(destination)));
      if (!isSkipped && isFinal) throw finalError(failure);
      failures.push(failure);
    }
  }
  const headers = { 'retry-after': RETRY_AFTER_SECONDS };
  if (usable.length > 0 && failures.every((failure) => failure === 'denied')) throw finalError('denied');
  if (usable.length > 0 && failures.every((failure) => failure === 'throttled')) {
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
    `no destination inside the boundary could answer now, and no destination outside it is ever used; ${whyOut(out)}try again later`,
    { headers },
  );
}

const movesOnGuarded = (failure: UpstreamFailure): boolean => failure !== 'denied' && movesOn(failure);

/** Which providers and models are out of use, each once, and who can change that. */
const whyOut = (out: readonly LeftState[]): string =>
  [...new Map(out.map((state) => [state.name, state])).values()]
    .map(
      ({ name, at }) =>
        `'${name}' is out of use since ${at}, until the operator readmits it with 'eu-residency providers readmit ${name}'; `,
    )
    .join('');

/** The gateway's own refusal of a request that is too large to send, so that no destination received it. */
const wasNotSent = (error: unknown): boolean => error instanceof ApiError && error.status === 413;
