import type { LocalAws, ServiceName } from '../../lib/local/aws/local-aws';
import type { LocalService } from '../../lib/local/aws/shared/request-handler';
import type { FetchHandler } from '../../lib/runtime/http/handler/request-env';
import { median } from '../statistics';
import type { Lookup } from './figures';

/** Counts the reads of tables. */
export class Reads {
  public count = 0;

  public readonly wrap = (service: LocalService, name: ServiceName): LocalService => ({
    answer: (request) => {
      if (name === 'dynamodb' && /Get|Query|Scan/.test(request.headers['x-amz-target'] ?? '')) this.count += 1;
      return service.answer(request);
    },
  });
}

export type Store = LocalAws;

/** The processor time of some work, in milliseconds. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Sends a request that is answered without a model, and requires it to be served. */
export async function list(gateway: FetchHandler, key: string): Promise<void> {
  const request = new Request('https://gateway.invalid/v1/models', { headers: { authorization: `Bearer ${key}` } });
  const response = await gateway.fetch(request);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
}

/**
 * Requests with keys in gateways without caches, and again in the same ones: medians over the gateways, per request. A gateway's first request
 * takes longer, so that gateways are comparable only with as many keys.
 */
export async function lookups(
  keysOf: (gateway: number) => readonly string[],
  gateways: readonly FetchHandler[],
): Promise<Lookup> {
  const first: number[] = [];
  const repeated: number[] = [];
  for (const [at, gateway] of gateways.entries()) {
    const keys = keysOf(at);
    const all = async () => {
      for (const key of keys) await list(gateway, key);
    };
    first.push((await processorTime(all)) / keys.length);
    repeated.push((await processorTime(all)) / keys.length);
  }
  return { first: median(first), repeated: median(repeated) };
}
