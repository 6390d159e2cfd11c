import { providerNameOf } from '../../boundary/provider-of';
import { isPassed, type ProviderDrillReport } from '../../report/provider-drill';
import type { ProviderRegistry } from '../../runtime/gateway/providers/provider-registry';

/** The answer to one request of a drill. */
export interface DrillAnswer {
  readonly status: number;
  /** The header `x-residency-destination`; none if no destination answered. */
  readonly destination?: string;
}

/** What a drill works with. Tests have their own clock. */
export interface ProviderDrillParts {
  readonly registry: Pick<ProviderRegistry, 'drill' | 'readmit'>;
  /** Sends one request to the deployment. */
  readonly ask: () => Promise<DrillAnswer>;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /**
   * Stops the drill: the provider is readmitted at once.
   *
   * @default - it isn't stopped
   */
  readonly signal?: AbortSignal;
}

/** The longest until all processes have seen a change. */
export const DRILL_MS = 60_000;

/** Other processes may still use the provider while one doesn't, so several answers in a row are needed. */
const IN_A_ROW = 5;
const EVERY_MS = 1_000;

/** Why a drill doesn't begin. It has changed nothing. */
export class DrillRefused extends Error {
  public override readonly name = 'DrillRefused';
}

/** A drill was stopped. The provider is in use again. */
export class DrillStopped extends Error {
  public override readonly name = 'DrillStopped';
}

/** The provider couldn't be readmitted; the cause says why. */
export class StillOut extends Error {
  public override readonly name = 'StillOut';
}

/**
 * Takes a provider out of use, measures until other destinations answer, and readmits it, whatever happened in between.
 *
 * @throws DrillRefused if the provider doesn't answer the model before; DrillStopped if it was stopped; StillOut if the readmission fails
 */
export async function drillProvider(
  { registry, ask, now, wait, signal }: ProviderDrillParts,
  { provider, model }: { readonly provider: string; readonly model: string },
): Promise<ProviderDrillReport> {
  const answers = new Map<string, number>();
  let sent = 0;
  let failed = 0;
  const stopped = stopOf(signal);
  const send = async (): Promise<string | undefined> => {
    const { status, destination } = await Promise.race([stopped, ask()]);
    sent++;
    if (status !== 200 || destination === undefined) failed++;
    else answers.set(destination, (answers.get(destination) ?? 0) + 1);
    return status === 200 ? destination : undefined;
  };
  /** The seconds until the first of several answers in a row that are wanted. */
  const until = async (isWanted: (destination: string) => boolean): Promise<number | undefined> => {
    const start = now();
    let since: number | undefined;
    for (let row = 0; since !== undefined || now() - start <= DRILL_MS; await Promise.race([stopped, wait(EVERY_MS)])) {
      const sentAt = now();
      const destination = await send();
      if (destination === undefined || !isWanted(destination)) {
        row = 0;
        since = undefined;
        continue;
      }
      since ??= sentAt;
      if (++row === IN_A_ROW) return Math.round((since - start) / 100) / 10;
    }
    return undefined;
  };
  const before = await send();
  if (before === undefined || providerNameOf(before) !== provider) {
    throw new DrillRefused(
      before === undefined
        ? `model '${model}' isn't answered before the drill; find the cause first`
        : `model '${model}' is answered by '${before}', not by provider '${provider}'; name a model whose first destination it is`,
    );
  }
  // A signal doesn't interrupt the departure: whether it was written would be unknown.
  const { at } = await registry.drill(provider, new Date(now()));
  let outAfterSeconds: number | undefined;
  try {
    outAfterSeconds = await until((destination) => providerNameOf(destination) !== provider);
  } finally {
    await registry.readmit(provider, new Date(now()), 'the drill is over').catch((cause: unknown) => {
      throw new StillOut(`'${provider}' couldn't be readmitted`, { cause });
    });
  }
  const backAfterSeconds = await until((destination) => providerNameOf(destination) === provider);
  const measured = {
    ...(outAfterSeconds !== undefined && { outAfterSeconds }),
    ...(backAfterSeconds !== undefined && { backAfterSeconds }),
    requests: { sent, failed },
  };
  return {
    report: 'provider-drill',
    provider,
    model,
    at,
    before,
    ...measured,
    answers: Object.fromEntries([...answers].sort(([a], [b]) => (a < b ? -1 : 1))),
    passed: isPassed(measured),
  };
}

/** Rejects once a drill is stopped. */
function stopOf(signal: AbortSignal | undefined): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(new DrillStopped('the drill was stopped'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
  // It may be stopped while nothing waits for it.
  stopped.catch(() => {});
  return stopped;
}

/** A drill in words. */
export function providerDrillLines(report: ProviderDrillReport): string[] {
  const { provider, model, outAfterSeconds: out, backAfterSeconds: back, requests, answers } = report;
  const seconds = (value: number) => `${value} s`;
  return [
    `${provider}, model '${model}': ${out === undefined ? 'other destinations did not answer within 60 s' : `other destinations answered after ${seconds(out)}`}`,
    `  after its readmission ${back === undefined ? 'it did not answer within 60 s' : `it answered again after ${seconds(back)}`}`,
    `  ${requests.failed} of ${requests.sent} requests failed; answered by: ${
      Object.entries(answers)
        .map(([destination, count]) => `${destination} (${count})`)
        .join(', ') || 'none'
    }`,
  ];
}
