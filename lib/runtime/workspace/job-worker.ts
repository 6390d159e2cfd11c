import { createGateway, type GatewayOptions } from '../gateway/app';
import { type LimitsOf, limitsOfWorkspace } from '../gateway/limits/rate-limited';
import { withModels } from '../gateway/policy/admitted-policy';
import type { Member, SentBy } from '../http/member';
import type { JobQueue } from './background/queue';
import type { RunningJob } from './background/running-jobs';
import { type JobActor, Worker, type WorkerOptions } from './background/worker';
import type { StoredContent } from './content';
import { type MemberDirectory, requireDirectoryEntry } from './identity/member-directory';
import type { Suspensions } from './identity/suspension';
import type { StillValid } from './keys/still-valid';

type Middleware = NonNullable<GatewayOptions['middleware']>[number];

/** What a workspace's worker is made of. */
export interface JobWorkerOptions
  extends Pick<GatewayOptions, 'policy' | 'upstream' | 'servers' | 'providers' | 'record' | 'link' | 'now'>,
    Pick<WorkerOptions, 'log' | 'repeats' | 'renewMs' | 'stepMs' | 'ending'> {
  readonly content: StoredContent;
  readonly queue: JobQueue;
  /** The members who are kept out, although the job is theirs. */
  readonly suspensions: Suspensions;
  /**
   * Who is a member, where SCIM decides.
   *
   * @default - every member who was one when they sent the job, unless an administrator decided otherwise since
   */
  readonly directory?: MemberDirectory;
  /**
   * Whether the key with which a member sent a job is still valid.
   *
   * @default - no key is: the workspace has none any more
   */
  readonly stillValid?: StillValid;
  /** Limits and counts what members use; it runs after the member is known. */
  readonly counting: readonly Middleware[];
}

/** The limits of a job's requests: their bodies were counted as stored when they were sent. */
export const limitsOfJobs = (...[tenant, limits, budgets]: Parameters<typeof limitsOfWorkspace>): LimitsOf =>
  limitsOfWorkspace(tenant, { ...limits, storedBytesPerMemberPerDay: undefined }, budgets);

/** The worker of a workspace: its own gateway, in which a member is named by their job instead of a token. */
export function jobWorker(options: JobWorkerOptions): Worker {
  const { suspensions, directory, stillValid, ...rest } = options;
  const { content, queue, counting, log, repeats, renewMs, stepMs, ending, now, ...gateway } = rest;
  return new Worker({
    content,
    queue,
    log,
    repeats,
    renewMs,
    stepMs,
    ending,
    now,
    actorOf: (job, by) => actorOf(job, by, { suspensions, directory, stillValid }),
    gatewayOf: ({ member, models }, begin = content.begin) =>
      createGateway({
        ...gateway,
        policy: models ? withModels(gateway.policy, models) : gateway.policy,
        now,
        middleware: [actingAs(member, directory), ...counting],
        content: { ...content, routes: [], begin },
      }),
  });
}

/** A member who was disabled, signed out everywhere since, or is no member any more by SCIM, may not act, nor one whose key has ended. */
async function actorOf(
  { user, createdAt }: RunningJob,
  by: SentBy,
  { suspensions, directory, stillValid }: Pick<JobWorkerOptions, 'suspensions' | 'directory' | 'stillValid'>,
): Promise<JobActor | undefined> {
  const { disabled, signedOutAt } = await suspensions.of(user);
  if (directory !== undefined && !(await directory.of(user))?.roles.includes('member')) return undefined;
  if (disabled || (signedOutAt !== undefined && Math.floor(createdAt / 1_000) <= signedOutAt)) return undefined;
  if (by.key !== undefined) return stillValid?.(user, by.key);
  return { member: { id: user, role: 'member', budgetGroups: directory ? undefined : by.groups } };
}

/** Without SCIM, only a token could say in which groups the member is. */
const actingAs =
  (member: Member, directory: MemberDirectory | undefined): Middleware =>
  async (c, next) => {
    c.var.log.member = member.id;
    const groups = directory && (await requireDirectoryEntry(directory, member.id)).groups;
    c.set('member', { ...member, groups, inBackground: true });
    await next();
  };
