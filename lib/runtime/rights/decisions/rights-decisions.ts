import type { TableAccess } from '../../workspace/store/content-stores';
import { ContentTable } from '../../workspace/store/table';
import { UserStatuses } from '../../workspace/store/user-status';
import type { Job } from '../jobs/job';
import { type JobPage, JobStore } from '../jobs/job-store';
import type { PageOptions } from '../jobs/rights-page';
import type { RightsRules } from '../jobs/rules';
import { type Hold, type HoldPage, Holds, type NewHold } from '../store/holds';
import { cancelJob, cancelOwnJob } from './cancellations';
import { cancelClosure, requestClosure } from './closures';
import type { DecisionContext } from './context';
import { delayEarlierHandOvers } from './earlier-hand-overs';
import { confirmErasure, requestErasure, requestReadmission } from './erasures';
import { type Handover, obstacleToRelease, releaseExport, requestExport } from './exports';
import type { Obstacle } from './hand-over-people';
import { OPERATOR } from './operator';
import { applyNewPeriod, placeHold, releaseHold, requestRetention } from './retention';
import type { RoleSources } from './role-history';

/** What decisions are made on. */
export interface DecisionOptions {
  readonly table: TableAccess;
  /** @default - content is stored until it is deleted */
  readonly retentionDays?: number;
  readonly rules: RightsRules;
  /** @default - none: decisions that need them fail */
  readonly roles?: RoleSources;
  readonly now: () => Date;
}

/**
 * What an administrator may request about the rights of a workspace's users. Each request is decided at once: it is refused, or becomes a
 * job. Nothing here reads content.
 */
export class RightsDecisions {
  private readonly context: DecisionContext;

  constructor({ table, retentionDays, rules, roles, now }: DecisionOptions) {
    const content = new ContentTable(table.client, table.name, now);
    this.context = {
      table: content,
      jobs: new JobStore(content),
      holds: new Holds(content, now),
      statuses: new UserStatuses(table.client, table.name),
      retentionDays,
      rules,
      roles,
      now,
    };
  }

  public erase(user: string, by: string): Promise<Job> {
    return requestErasure(this.context, user, by);
  }

  public readmit(user: string, by: string): Promise<Job> {
    return requestReadmission(this.context, user, by);
  }

  public export(user: string, by: string, handover?: Handover): Promise<Job> {
    return requestExport(this.context, user, by, handover);
  }

  public releaseExport(id: string, by: string): Promise<Job | undefined> {
    return releaseExport(this.context, id, by);
  }

  public close(by: string, days: number): Promise<Job> {
    return requestClosure(this.context, by, days);
  }

  public cancelClosure(id: string, by: string): Promise<Job | undefined> {
    return cancelClosure(this.context, id, by);
  }

  public confirmErasure(id: string, by: string): Promise<Job | undefined> {
    return confirmErasure(this.context, id, by);
  }

  /** An operator takes the place of a second administrator: for the release of an export, or for an erasure. */
  public confirmAsOperator(id: string): Promise<Job | undefined> {
    return id.startsWith('erase_')
      ? confirmErasure(this.context, id, OPERATOR)
      : releaseExport(this.context, id, OPERATOR);
  }

  /** Why a hand-over's requester and recipient can't take part together; undefined if they can, and for other jobs. */
  public obstacle(job: Job): Promise<Obstacle | undefined> {
    return obstacleToRelease(this.context, job);
  }

  public cancel(id: string, by: string): Promise<Job | undefined> {
    return cancelJob(this.context, id, by);
  }

  public cancelAsOperator(id: string): Promise<Job | undefined> {
    return cancelJob(this.context, id, OPERATOR);
  }

  public cancelOwn(id: string, user: string): Promise<Job | undefined> {
    return cancelOwnJob(this.context, id, user);
  }

  /** Delays the hand-overs of version 0.1.0 that aren't released yet; returns those of which no notice was given yet. */
  public delayEarlierHandOvers(): Promise<Job[]> {
    return delayEarlierHandOvers(this.context);
  }

  public placeHold(hold: NewHold): Promise<{ hold: Hold; job: Job }> {
    return placeHold(this.context, hold);
  }

  public releaseHold(id: string, by: string): Promise<{ hold: Hold; job?: Job } | undefined> {
    return releaseHold(this.context, id, by);
  }

  public retain(user: string | undefined, by: string): Promise<Job> {
    return requestRetention(this.context, user, by);
  }

  public applyNewPeriod(by: string): Promise<Job | undefined> {
    return applyNewPeriod(this.context, by);
  }

  public holds(options: PageOptions): Promise<HoldPage> {
    return this.context.holds.page(options);
  }

  public find(id: string): Promise<Job | undefined> {
    return this.context.jobs.find(id);
  }

  public listOwn(user: string, after?: string): Promise<JobPage> {
    return this.context.jobs.pageOf(user, after);
  }

  public page(options: PageOptions): Promise<JobPage> {
    return this.context.jobs.page(options);
  }

  /** All jobs, without holding them all in memory. */
  public each(): AsyncGenerator<Job> {
    return this.context.jobs.each();
  }

  public list(): Promise<Job[]> {
    return this.context.jobs.list();
  }
}
