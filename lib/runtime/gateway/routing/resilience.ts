import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type RetryPolicy,
  retry,
} from 'cockatiel';
import { nameFrom } from '../../../boundary/destination';
import type { AnyDestination } from '../../../boundary/server';
import { classify, movesOn, type UpstreamFailure } from '../errors/upstream-failure';
import type { ProviderWatch } from '../providers/provider-watch';

export interface ResilienceOptions {
  /**
   * The number of retries of the last destination.
   *
   * @default 2
   */
  readonly retries?: number;
  /**
   * The wait before the first retry. It grows, with jitter, from one retry to the next.
   *
   * @default 100
   */
  readonly retryDelayMs?: number;
  /**
   * The number of consecutive failures after which a destination is skipped.
   *
   * @default 5
   */
  readonly failuresToOpen?: number;
  /**
   * The time for which it is skipped, before one request tries it again.
   *
   * @default 10 000
   */
  readonly openMs?: number;
}

/** A time-out isn't retried, because the client has already waited for one. */
const RETRIED: readonly UpstreamFailure[] = ['throttled', 'server-error', 'unreachable'];

/** The health of a gateway's destinations, for the lifetime of the process. */
export class Resilience {
  public readonly retry: RetryPolicy;
  private readonly failures = new Map<string, UpstreamFailure>();
  private readonly circuits = new Map<string, CircuitBreakerPolicy>();

  /** @param providers the providers that are out of use; by default none ever is */
  constructor(
    private readonly options: ResilienceOptions = {},
    public readonly providers?: ProviderWatch,
  ) {
    const { retries = 2, retryDelayMs = 100 } = options;
    this.retry = retry(
      handleWhen((error) => RETRIED.includes(classify(error))),
      {
        maxAttempts: retries,
        backoff: new ExponentialBackoff({ initialDelay: retryDelayMs, maxDelay: retryDelayMs * 10 }),
      },
    );
  }

  /**
   * The circuit of a destination. Only failures after which the next destination is tried open it.
   *
   * @param isOnly whether the model has no other destination, so that throttling doesn't open it: to wait would only delay the answer
   */
  public circuit(destination: AnyDestination, isOnly = false): CircuitBreakerPolicy {
    const key = keyOf(destination, isOnly);
    const known = this.circuits.get(key);
    if (known !== undefined) return known;
    const { failuresToOpen = 5, openMs = 10_000 } = this.options;
    const circuit = circuitBreaker(
      handleWhen((error) => opens(classify(error), isOnly)),
      { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
    );
    this.circuits.set(key, circuit);
    return circuit;
  }

  /** Notes how a destination failed. */
  public failed(destination: AnyDestination, failure: UpstreamFailure, isOnly = false): void {
    this.failures.set(keyOf(destination, isOnly), failure);
  }

  /** How a destination failed last, because of which its circuit may be open. */
  public lastFailure(destination: AnyDestination, isOnly = false): UpstreamFailure | undefined {
    return this.failures.get(keyOf(destination, isOnly));
  }
}

/** A denial doesn't open a circuit: whether its destination leaves is decided by all of the provider's answers. */
const opens = (failure: UpstreamFailure, isOnly: boolean) =>
  movesOn(failure) && failure !== 'denied' && !(isOnly && failure === 'throttled');

/** Servers of one network may serve the same model under the same ID, and Bedrock by two APIs. */
const keyOf = (destination: AnyDestination, isOnly: boolean) =>
  (isOnly ? 'only ' : '') +
  (destination.provider === 'bedrock' ? nameFrom('', destination) : `${destination.baseUrl} ${destination.id}`);
