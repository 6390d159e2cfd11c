import type { LocalRequest, LocalResponse, LocalService } from '@/lib/local/aws/shared/request-handler';

/** How a call fails. */
export type Fault =
  /** The service refuses it because there are too many. */
  | 'throttle'
  /** The process ends, or the line is cut, before the call is made. */
  | 'before'
  /** The same after it was made, so that nobody learns that it was. */
  | 'after'
  /** What the test answers itself, given what the service would answer. */
  | ((request: LocalRequest, real: () => Promise<LocalResponse>) => Promise<LocalResponse>);

/** One call of a service, as `dynamodb.PutItem`. */
export const callOf = (name: string, { headers, method }: LocalRequest): string =>
  `${name}.${(headers['x-amz-target'] ?? method).replace(/^.*\./, '')}`;

/** What ends a call as if the process had been killed: the SDK doesn't try it again. */
export class Killed extends Error {
  public override readonly name = 'Killed';
}

/** Counts the calls of stores, and makes those fail that a test chooses. Give its `wrap` to `LocalAws`. */
export class StoreFaults {
  public readonly calls: string[] = [];
  private chosen: (call: string, nth: number) => Fault | undefined = () => undefined;

  /**
   * @param choose is asked at every call with its name and its number since this was set, from 1 on
   */
  public choose(choose: (call: string, nth: number) => Fault | undefined): void {
    this.calls.length = 0;
    this.chosen = choose;
  }

  /** Lets every call through again. */
  public none(): void {
    this.choose(() => undefined);
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
