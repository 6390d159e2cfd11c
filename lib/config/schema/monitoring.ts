import { z } from 'zod';
import { LEAST_MINIMUM_GROUP, MINIMUM_GROUP } from '../../contract/monitoring';
import { count, day, line } from './fields';

const perMember = z
  .strictObject(
    {
      reason: line('why it is needed').describe('Why it is needed, such as the agreement with the works council.'),
      approver: line('who approved it').describe('Who approved it.'),
      until: day().describe(
        'The last day on which it applies, in UTC. The permission to read the counts ends with it.',
      ),
    },
    "a mapping with 'reason', 'approver' and 'until'",
  )
  .describe(
    'Opens the use of single members to the auditors of all workspaces, and to no other role. Each answer to a member says so in the header ' +
      '`x-residency-monitoring`, and each access is recorded. By default, nothing shows what a single member did.',
  );

export const monitoring = z
  .strictObject(
    {
      minimumGroup: count(1_000, LEAST_MINIMUM_GROUP)
        .optional()
        .describe(
          `The fewest members of whose use together anything is shown. By default ${MINIMUM_GROUP}. A change applies to months that aren't over.`,
        ),
      perMember: perMember.optional(),
    },
    "a mapping with any of 'minimumGroup' and 'perMember'",
  )
  .describe('What is shown about the use of workspaces.');
