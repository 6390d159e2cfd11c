import { timedHex } from '../../workspace/store/ids';
import type { Write } from '../../workspace/store/writes';

export type JobKind = 'close' | 'erase' | 'export' | 'readmit' | 'retain';

/** A request about a user's rights: what was requested, by which administrator, and how far it is. It holds ids, times and counts only. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** The user whose content it is about; empty for all users. */
  readonly user: string;
  /** The administrator who requested it. */
  readonly by: string;
  /** When it was requested, in Unix milliseconds. */
  readonly at: number;
  /** The next step; `done` once there is none. */
  readonly step: string;
  /** The state that administrators read. */
  readonly state: string;
  /** The earliest time at which the next step may run, in Unix milliseconds. */
  readonly notBefore?: number;
  /** Grows with each change, so that of two concurrent runs one fails. */
  readonly version: number;
  /** The number of things of each kind, and the figures of single steps. */
  readonly counts: Readonly<Record<string, number>>;
  /** Where a step that takes several calls continues. */
  readonly cursor?: string;
  readonly figures: Readonly<Record<string, string | number>>;
  /** Encrypted random bytes, by which a test shows whether the user's key still exists. */
  readonly canary?: Uint8Array;
}

export const newJob = (kind: JobKind, user: string, by: string, now: Date, step: string, state: string): Job => ({
  id: `${kind}_${timedHex(now)}`,
  kind,
  user,
  by,
  at: now.getTime(),
  step,
  state,
  version: 0,
  counts: {},
  figures: {},
});

export const isJobId = (id: string): boolean => /^(close|erase|export|readmit|retain)_[0-9a-f]{44}$/.test(id);

/** Whether a new job is about other people's content, so that a user or an administrator may want to cancel it. */
export const isAnnounced = ({ kind, step, state, figures, user, by }: Job): boolean =>
  user !== by &&
  state !== 'called-off' &&
  (WAITING.includes(step) ||
    (step === 'announce' && figures.recipient !== undefined) ||
    (kind === 'close' && step === 'users'));

/** The steps in which an erasure or a hand-over waits for its time, or for another person. */
const WAITING: readonly string[] = ['delay', 'second-person'];

/** Whether the user reads of a job about them. A job that applies a hold is a matter of the administrators. */
export const isForUser = (job: Job, user: string): boolean => job.user === user && job.kind !== 'retain';

/** What a step changes of its job. */
export type Change = Partial<Omit<Job, 'id' | 'kind' | 'user' | 'by' | 'at' | 'version'>> & {
  /** Writes of the same transaction as the change. */
  readonly also?: readonly Write[];
};
