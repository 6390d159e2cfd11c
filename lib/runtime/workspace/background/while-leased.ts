import type { Lease } from './running-jobs';

/** A third of the time after which another worker may take the job. */
const RENEW_MS = 30_000;

/** Why a worker stopped before a job was over. */
export type Stop = 'lost' | 'refused' | 'time' | 'ended';

/** Raised at the signal of a worker's step. */
export class Stopped extends Error {
  public override readonly name = 'Stopped';

  constructor(public readonly stop: Stop) {
    super(`the job stopped: ${stop}`);
  }
}

/** Why the step of a signal stopped; undefined while it runs. */
export const stopOf = (signal: AbortSignal): Stop | undefined =>
  signal.aborted && signal.reason instanceof Stopped ? signal.reason.stop : undefined;

/** What may end a step. */
export interface Bounds {
  /** Whether the member may still act. */
  readonly mayAct: () => Promise<boolean>;
  /** How long the step may take. */
  readonly leftMs: number;
  /**
   * Ends the process of the worker. Another one goes on with the job.
   *
   * @default - the process ends with its steps
   */
  readonly ending?: AbortSignal;
  /** @default 30 000 */
  readonly renewMs?: number;
}

/**
 * Runs a step of a job while its worker has it. The signal ends the step when another worker has taken the job, it is over, its member may
 * not act any more, the time is up, or the process ends.
 */
export async function whileLeased<T>(
  lease: Lease,
  { mayAct, leftMs, ending, renewMs = RENEW_MS }: Bounds,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const stop = (why: Stop) => abort.abort(new Stopped(why));
  const check = async () => {
    // A store that doesn't answer ends nothing: without the lease, the step can't store anything.
    const [isLeased, may] = await Promise.all([lease.renew().catch(() => true), mayAct().catch(() => true)]);
    if (!isLeased) stop('lost');
    else if (!may) stop('refused');
  };
  const renewing = setInterval(() => void check(), renewMs);
  const timer = setTimeout(() => stop('time'), leftMs);
  const end = () => stop('ended');
  ending?.addEventListener('abort', end);
  try {
    return await step(abort.signal);
  } finally {
    ending?.removeEventListener('abort', end);
    clearInterval(renewing);
    clearTimeout(timer);
  }
}
