import { answerEvent, isCustomResourceEvent } from '../../aws/custom-resource';
import { type ResponderOptions, respond } from '../../aws/respond';
import type { Rights } from '../rights';
import type { Executions } from './executions';

/** What the handler runs with. */
export interface TendOptions {
  readonly rights: Rights;
  readonly executions: Pick<Executions, 'begin' | 'running'>;
  readonly responder: ResponderOptions;
  readonly log: (line: object) => void;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** A job that is younger may be about to be started by whoever was asked for it. */
const SETTLED_MS = 5 * 60_000;

/**
 * The handler that sees that jobs go on. By a schedule it starts what isn't running though it isn't over; at a deployment it
 * has the period that content is kept for applied to what is there, if it is another than before.
 */
export function createTending(options: TendOptions): (event: unknown) => Promise<void> {
  const { responder, log } = options;
  return async (event) => {
    if (!isCustomResourceEvent(event)) return resume(options);
    const response = await answerEvent(event, async () => {
      await applyPeriod(options);
      return { ok: true, data: {} };
    });
    log({ event: 'custom-resource', request: event.RequestType, status: response.Status });
    await respond(event.ResponseURL, response, responder);
  };
}

async function applyPeriod({ rights, executions, log }: TendOptions): Promise<void> {
  const job = await rights.retainAnew('residency.yaml');
  if (job === undefined) return;
  await executions.begin(rights.next(job));
  log({ event: 'retention', job: job.id, period: job.figures.period });
}

async function resume({ rights, executions, log, now = () => new Date() }: TendOptions): Promise<void> {
  const running = await executions.running();
  const settled = now().getTime() - SETTLED_MS;
  let open = 0;
  const resumed: string[] = [];
  for (const job of await rights.list()) {
    const next = rights.next(job);
    if (next.actor === undefined) continue;
    open++;
    // The execution that runs of an export just released waits for its end, and does nothing before.
    const isTended = running.has(job.id) && job.step !== 'hand-over';
    if (isTended || job.at > settled) continue;
    // One attempt a minute, so that Lambda's own repetition of a call doesn't begin another.
    await executions.begin(next, now().toISOString().slice(0, 16).replace(/\D/g, ''));
    resumed.push(job.id);
  }
  log({ event: 'tended', open, resumed });
}
