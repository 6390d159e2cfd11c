import { createGateway, type GatewayOptions } from '../gateway/app';
import { type LimitsOf, limitsOfWorkspace } from '../gateway/limits/rate-limited';
import type { Member } from '../http/member';
import type { JobQueue } from './background/queue';
import { Worker, type WorkerOptions } from './background/worker';
import type { StoredContent } from './content';
import type { Suspensions } from './identity/suspension';

/** What a workspace's worker is made of. */
export interface JobWorkerOptions
  extends Pick<GatewayOptions, 'policy' | 'upstream' | 'servers' | 'record' | 'link' | 'now'>,
    Pick<WorkerOptions, 'log' | 'repeats' | 'renewMs' | 'stepMs' | 'ending'> {
  readonly content: StoredContent;
  readonly queue: JobQueue;
  /** The members who are kept out, although the job is theirs. */
  readonly suspensions: Suspensions;
  /** Limits what members use; it runs after the member is known. */
  readonly limited: NonNullable<GatewayOptions['middleware']>[number];
}

/** The limits of a job's requests: their bodies were counted as stored when they were sent. */
export const limitsOfJobs = (...[tenant, limits]: Parameters<typeof limitsOfWorkspace>): LimitsOf =>
  limitsOfWorkspace(tenant, { ...limits, storedBytesPerMemberPerDay: undefined });

/** The worker of a workspace: its own gateway, in which a member is named by their job instead of a token. */
export function jobWorker(options: JobWorkerOptions): Worker {
  const { content, queue, suspensions, limited, log, repeats, renewMs, stepMs, ending, now, ...gateway } = options;
  return new Worker({
    content,
    queue,
    log,
    repeats,
    renewMs,
    stepMs,
    ending,
    now,
    mayAct: (member, since) => mayAct(suspensions, member, since),
    gatewayOf: (member, begin = content.begin) =>
      createGateway({
        ...gateway,
        now,
        middleware: [actingAs(member), limited],
        content: { ...content, routes: [], begin },
      }),
  });
}

/** A member who was disabled, or signed out everywhere since, may not act. */
async function mayAct(suspensions: Suspensions, member: string, since: Date): Promise<boolean> {
  const { disabled, signedOutAt } = await suspensions.of(member);
  return !disabled && (signedOutAt === undefined || Math.floor(since.getTime() / 1_000) > signedOutAt);
}

const actingAs =
  (member: Member): JobWorkerOptions['limited'] =>
  async (c, next) => {
    c.var.log.member = member.id;
    c.set('member', member);
    await next();
  };
