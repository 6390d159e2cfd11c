import { toKey } from '../workspace/store/row';
import { standingKey } from '../workspace/store/standing';
import type { ContentTable, Write } from '../workspace/store/table';
import type { Change, Job } from './job';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';

export interface ReadmissionParts extends Pick<RightsOptions, 'keys' | 'recovery'> {
  readonly table: ContentTable;
}

/**
 * The steps by which somebody who was erased is let back: they may have a key again, and their content is served. Where content is kept
 * a second time they may have one there first, so that no key of theirs is kept from being copied.
 */
export function readmissionSteps({ table, keys, recovery }: ReadmissionParts): Steps {
  return {
    readmit: {
      actor: 'eraser',
      run: async (job) => {
        // Whoever was let back by another job, and maybe erased once more since, isn't touched.
        if (!(await isMeant(table, job))) return { state: 'cancelled', step: 'done' };
        if (recovery !== undefined) return { step: 'recovery-readmit' };
        return readmitted(keys, job);
      },
    },
    'recovery-readmit': {
      actor: 'recovery-eraser',
      run: async ({ user }) => {
        await recovery?.keys.readmit(user);
        return { step: 'readmit-here' };
      },
    },
    'readmit-here': {
      actor: 'eraser',
      run: async (job) => ((await isMeant(table, job)) ? readmitted(keys, job) : { state: 'cancelled', step: 'done' }),
    },
  };
}

const isMeant = async (table: ContentTable, { user, figures }: Job): Promise<boolean> =>
  (await table.get(standingKey(user)))?.erasing?.S === figures.erasure;

async function readmitted(keys: ReadmissionParts['keys'], job: Job): Promise<Change> {
  await keys.readmit(job.user);
  return { state: 'readmitted', step: 'done', also: [unmarked(job)] };
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
