import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';

/** How a call fails. */
export type Fault =
  /** The service throttles the call. */
  | 'throttle'
  /** The process ends, or the connection breaks, before the call. */
  | 'before'
  /** The same after the call, so that the caller never receives the result. */
  | 'after'
  /** The test's own answer, which may use the service's answer. */
  | ((request: LocalRequest, real: () => Promise<LocalResponse>) => Promise<LocalResponse>);

/** The name of a call, such as `dynamodb.PutItem`. */
export const callOf = (name: string, { headers, method }: LocalRequest): string =>
  `${name}.${(headers['x-amz-target'] ?? method).replace(/^.*\./, '')}`;

/** Ends a call as if the process had been killed: the SDK doesn't retry it. */
export class Killed extends Error {
  public override readonly name = 'Killed';
}

/** Records the calls to stores, and fails those that a test chooses. Pass its `wrap` to `LocalAws`. */
export class StoreFaults {
  public readonly calls: string[] = [];
  private chosen: (call: string, nth: number) => Fault | undefined = () => undefined;

  /**
   * @param choose receives the name of each call and its number since `choose` was set, from 1
   */
  public choose(choose: (call: string, nth: number) => Fault | undefined): void {
    this.calls.length = 0;
    this.chosen = choose;
  }

  /** Stops failing calls. */
  public none(): void {
    this.choose(() => undefined);
  }

  /**
   * Does the work with its call number `nth` killed, from 1.
   *
   * @returns whether the work made that many calls
   * @throws anything else that the work throws, and if the work makes no call at all: such a test would kill nothing
   */
  public async killAt(nth: number, fault: 'before' | 'after', work: () => Promise<unknown>): Promise<boolean> {
    let reached = false;
    this.choose((_, at) => {
      if (at !== nth) return undefined;
      reached = true;
      return fault;
    });
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    } finally {
      this.none();
    }
    if (nth === 1 && !reached) throw new Error('the work made no call to a store, so nothing was killed');
    return reached;
  }

  public readonly wrap = (service: LocalService, name: string): LocalService => ({
    answer: async (request) => {
      const call = callOf(name, request);
      this.calls.push(call);
      const fault = this.chosen(call, this.calls.length);
      if (fault === undefined) return service.answer(request);
      if (typeof fault === 'function') return fault(request, () => service.answer(request));
      if (fault === 'throttle') return throttled;
      if (fault === 'after') await service.answer(request);
      throw new Killed(`${fault} ${call}`);
    },
  });
}

const throttled: LocalResponse = {
  statusCode: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' })),
};
