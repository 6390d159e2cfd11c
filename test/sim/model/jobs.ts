import type { Job } from '@/lib/runtime/rights/jobs/job';

/** A job as its row shows it. */
export type JobView = Pick<
  Job,
  'id' | 'kind' | 'user' | 'by' | 'at' | 'step' | 'state' | 'notBefore' | 'figures' | 'counts'
> & {
  readonly canary?: Uint8Array;
};

/** A job that was accepted. */
export interface ModelJob {
  readonly id: string;
  readonly kind: Job['kind'];
  readonly user: string;
  readonly by: string;
  readonly at: number;
  view: JobView;
  /** For an export: the owner that texts name, and the texts that surely were stored when it was requested, and those that weren't. */
  readonly expected?: { readonly owner: string; readonly there: readonly string[]; readonly gone: readonly string[] };
  /** For a hand-over that was released rightfully: who may read it until when. */
  readable?: { readonly by: string; readonly until: number };
}
