import { answerEvent, isCustomResourceEvent } from '../../aws/custom-resource';
import { type ResponderOptions, respond } from '../../aws/respond';
import type { RightsDecisions } from '../decisions/rights-decisions';
import { decisionDuringWait } from '../jobs/decision-during-wait';
import { nextOf } from '../jobs/step-actors';
import type { Executions } from './executions';

/** What the handler is made of. */
export interface ResumeJobsOptions {
  readonly rights: Pick<RightsDecisions, 'applyNewPeriod' | 'delayEarlierHandOvers' | 'each'>;
  /** Notifies that jobs were requested that can be cancelled. */
  readonly notify: () => void;
  readonly executions: Pick<Executions, 'begin' | 'running'>;
  readonly responder: ResponderOptions;
  readonly log: (line: object) => void;
  /** @default - the system clock */
  readonly now?: () => Date;
}

/** The function that requested a younger job may be about to start it. */
const SETTLED_MS = 5 * 60_000;

/**
 * On a schedule, restarts jobs that aren't over and have no running execution. At a deployment, applies the workspace's retention period to
 * stored content, if it has changed.
 */
export function resumeJobsHandler(options: ResumeJobsOptions): (event: unknown) => Promise<void> {
  const { responder, log } = options;
  return async (event) => {
    if (!isCustomResourceEvent(event)) return resumeJobs(options);
    const response = await answerEvent(event, async () => {
      await applyPeriod(options);
      return { ok: true, data: {} };
    });
    log({ event: 'custom-resource', request: event.RequestType, status: response.Status });
    await respond(event.ResponseURL, response, responder);
  };
}

async function applyPeriod({ rights, executions, log, now = () => new Date() }: ResumeJobsOptions): Promise<void> {
  const job = await rights.applyNewPeriod('residency.yaml');
  if (job === undefined) return;
  await executions.begin(nextOf(job, now()));
  log({ event: 'retention', job: job.id, period: job.figures.period });
}

async function resumeJobs(options: ResumeJobsOptions): Promise<void> {
  const { rights, executions, notify, log, now = () => new Date() } = options;
  if ((await rights.delayEarlierHandOvers()).length > 0) notify();
  const running = await executions.running();
  const settled = now().getTime() - SETTLED_MS;
  let open = 0;
  const resumed: string[] = [];
  for await (const job of rights.each()) {
    const next = nextOf(job, now());
    if (next.actor === undefined) continue;
    open++;
    const isRunning = running.has(job.id) && decisionDuringWait(job) === undefined;
    if (isRunning || job.at > settled) continue;
    // One attempt per minute, so that Lambda's own retry of a call doesn't begin another execution.
    await executions.begin(next, now().toISOString().slice(0, 16).replace(/\D/g, ''));
    resumed.push(job.id);
  }
  log({ event: 'tended', open, resumed });
}
