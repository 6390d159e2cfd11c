import { timedHex } from '../workspace/store/ids';
import type { Write } from '../workspace/store/table';

export type JobKind = 'close' | 'erase' | 'export' | 'readmit' | 'retain';

export type { RightsActor as Actor } from '../../contract/rights';

/** A right that is being exercised: what was asked for, by whom, and how far it has come. It holds ids, times and counts alone. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** Whose content it is; empty for everybody's. */
  readonly user: string;
  /** Who asked for it. */
  readonly by: string;
  /** When, in milliseconds. */
  readonly at: number;
  /** What is done next; `done` once nothing is. */
  readonly step: string;
  /** What somebody is told of it. */
  readonly state: string;
  /** Nothing is done before, in milliseconds. */
  readonly notBefore?: number;
  /** Grows with each change, by which two runs of the same job are found. */
  readonly version: number;
  /** How much there was of each kind, and figures of single steps. */
  readonly counts: Readonly<Record<string, number>>;
  /** Where a step that takes several calls goes on. */
  readonly cursor?: string;
  readonly figures: Readonly<Record<string, string | number>>;
  /** A ciphertext of random bytes, by which it is seen whether the user's key is still there. */
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

/** What a step changes of its job. */
export type Change = Partial<Omit<Job, 'id' | 'kind' | 'user' | 'by' | 'at' | 'version'>> & {
  /** What is written with the change, or not at all. */
  readonly also?: readonly Write[];
};
