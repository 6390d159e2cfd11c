import { toKey } from '../workspace/content/row';
import { standingKey } from '../workspace/content/standing';
import type { ContentTable, Write } from '../workspace/content/table';
import type { Job } from './job';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';

export interface ReadmissionParts extends Pick<RightsOptions, 'keys'> {
  readonly table: ContentTable;
}

/** The one step by which somebody who was erased is let back: they may have a key again, and their content is served. */
export function readmissionSteps({ table, keys }: ReadmissionParts): Steps {
  return {
    readmit: {
      actor: 'eraser',
      run: async (job) => {
        const row = await table.get(standingKey(job.user));
        // Whoever was let back by another job, and maybe erased once more since, isn't touched.
        if (row?.erasing?.S !== job.figures.erasure) return { state: 'cancelled', step: 'done' };
        await keys.readmit(job.user);
        return { state: 'readmitted', step: 'done', also: [unmarked(job)] };
      },
    },
  };
}

const unmarked = ({ user, figures }: Job): Write => ({
  Delete: {
    TableName: undefined,
    Key: toKey(standingKey(user)),
    ConditionExpression: '#erasing = :erasure',
    ExpressionAttributeNames: { '#erasing': 'erasing' },
    ExpressionAttributeValues: { ':erasure': { S: `${figures.erasure}` } },
  },
});
