import type { Responses } from '../conversations/responses';
import type { FileParts } from '../files/files';
import { BackgroundResponses } from './background-responses';
import type { JobQueue } from './queue';
import { RunningJobs } from './running-jobs';

/** The jobs of members whose content has a given status. */
export interface MemberJobs {
  readonly running: RunningJobs;
  readonly responses: BackgroundResponses;
}

/** The jobs of members, over the same stores as the rest of their content. */
export function jobsUnder(
  { queue, jobsPerMember }: { readonly queue: JobQueue; readonly jobsPerMember: number },
  parts: FileParts & { readonly responses: Responses },
): MemberJobs {
  const { table, cipher, leftovers, responses, now } = parts;
  const running = new RunningJobs({ table, cipher, queue, most: jobsPerMember, now });
  return { running, responses: new BackgroundResponses({ table, cipher, running, queue, responses, leftovers, now }) };
}
