import type { Responses } from '../conversations/responses';
import type { FileParts, Files } from '../files/files';
import { BackgroundResponses } from './background-responses';
import { Batches } from './batches';
import type { JobQueue } from './queue';
import type { BatchStepParts } from './run-batch';
import { RunningJobs } from './running-jobs';

/** The jobs of members whose content has a given status. */
export interface MemberJobs {
  readonly running: RunningJobs;
  readonly responses: BackgroundResponses;
  readonly batches: Batches;
  /** What a worker needs to run a batch. */
  readonly batchParts: BatchStepParts;
}

/** The jobs of members, over the same stores as the rest of their content. */
export function jobsUnder(
  { queue, jobsPerMember }: { readonly queue: JobQueue; readonly jobsPerMember: number },
  parts: FileParts & { readonly responses: Responses; readonly files: Files },
): MemberJobs {
  const { table, cipher, leftovers, responses, files, retention, now } = parts;
  const running = new RunningJobs({ table, cipher, queue, most: jobsPerMember, now });
  const batches = new Batches({ table, cipher, files, running, queue, retention, now });
  return {
    running,
    responses: new BackgroundResponses({ table, cipher, running, queue, responses, leftovers, now }),
    batches,
    batchParts: { table, cipher, files, leftovers, retention, batches, now },
  };
}
