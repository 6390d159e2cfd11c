import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type RetryPolicy,
  retry,
} from 'cockatiel';
import type { AnyDestination } from '../../../boundary/server';
import { classify, movesOn, type UpstreamFailure } from '../request/upstream-failure';

export interface ResilienceOptions {
  /**
   * How often the last destination is tried again.
   *
   * @default 2
   */
  readonly retries?: number;
  /**
   * The wait before the first of these tries, which grows and varies from one to the next.
   *
   * @default 100
   */
  readonly retryDelayMs?: number;
  /**
   * After how many failures in a row a destination is left alone.
   *
   * @default 5
   */
  readonly failuresToOpen?: number;
  /**
   * For how long it is left alone, before one request tries it again.
   *
   * @default 10 000
   */
  readonly openMs?: number;
}

/** A time-out isn't tried again at once: the client has waited long enough for one. */
const RETRIED: readonly UpstreamFailure[] = ['throttled', 'server-error', 'unreachable'];

/** What a gateway knows of the health of its destinations, for as long as the process lives. */
export class Resilience {
  public readonly retry: RetryPolicy;
  private readonly circuits = new Map<string, CircuitBreakerPolicy>();

  constructor(private readonly options: ResilienceOptions = {}) {
    const { retries = 2, retryDelayMs = 100 } = options;
    this.retry = retry(
      handleWhen((error) => RETRIED.includes(classify(error))),
      {
        maxAttempts: retries,
        backoff: new ExponentialBackoff({ initialDelay: retryDelayMs, maxDelay: retryDelayMs * 10 }),
      },
    );
  }

  /** The circuit of a destination, which opens only on what makes a request move on. */
  public circuit(destination: AnyDestination): CircuitBreakerPolicy {
    const { sourceRegion, id } = destination;
    // Servers of one network may serve the same model, under the same id.
    const key = destination.provider === 'bedrock' ? `${sourceRegion} ${id}` : `${destination.baseUrl} ${id}`;
    const kept = this.circuits.get(key);
    if (kept !== undefined) return kept;
    const { failuresToOpen = 5, openMs = 10_000 } = this.options;
    const circuit = circuitBreaker(
      handleWhen((error) => movesOn(classify(error))),
      { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
    );
    this.circuits.set(key, circuit);
    return circuit;
  }
}
