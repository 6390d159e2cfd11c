import { z } from 'zod';
import { JOBS_PER_MEMBER, SHORTEST_RETENTION_DAYS } from '../../contract/background';
import { count } from './fields';

export const background = z
  .strictObject(
    {
      jobsPerMember: count(JOBS_PER_MEMBER.most)
        .optional()
        .describe(`Maximum jobs of one member that aren't over at a time; by default ${JOBS_PER_MEMBER.default}.`),
    },
    "a mapping with 'jobsPerMember', or {}",
  )
  .describe(
    'Lets members send requests whose answers they read later: responses with `background: true`, and batches. Their requests are stored under the key of their ' +
      `member until they are answered. The workspace needs a \`retention\` of at least ${SHORTEST_RETENTION_DAYS}d. By default off.`,
  );
