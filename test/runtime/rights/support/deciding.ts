import type { Change, Job } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import { Conflict, ContentTable } from '@/lib/runtime/workspace/store/table';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';
import { rolesOf } from './rights-process';

const { transact } = ContentTable.prototype;

/** A workspace in which requests are decided, by what is recorded of its members. */
export class Deciding {
  public readonly local = new LocalContent();
  public readonly members = new Map<string, Membership>();
  private readonly roles = rolesOf({ of: async (member) => this.members.get(member) });

  /** The decisions of a process of their own. */
  public rights(erasureOfOthers: 'delay' | 'second-person' = 'second-person') {
    return this.local.rights({ rules: rulesOf({ erasureOfOthers }), roles: this.roles });
  }

  /** Changes a job, as if it had come to a step. */
  public async at({ id }: Pick<Job, 'id'>, change: Change): Promise<Job> {
    const jobs = new JobStore(this.local.contentTable());
    const stored = await jobs.find(id);
    if (stored === undefined) throw new Error(`there is no job '${id}'`);
    return jobs.change(stored, change);
  }

  public close(): void {
    jest.restoreAllMocks();
    this.local.close();
  }
}

/** The next writes are overtaken: their condition isn't met, because of what happens meanwhile. */
export function overtaken(times: number, reasons = ['ConditionalCheckFailed'], meanwhile = async () => {}): void {
  let left = times;
  jest.spyOn(ContentTable.prototype, 'transact').mockImplementation(async function (this: ContentTable, writes) {
    if (left-- <= 0) return transact.call(this, writes);
    await meanwhile();
    throw new Conflict(reasons);
  });
}

/** The next write fails. */
export const failing = (): void =>
  void jest.spyOn(ContentTable.prototype, 'transact').mockRejectedValueOnce(new Error('of the store'));

/** A refusal with this reason, and this text in its message. */
export const refused = (reason: string, message: string) =>
  expect.objectContaining({ name: 'Refused', reason, message: expect.stringContaining(message) });
