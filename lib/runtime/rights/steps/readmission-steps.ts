import { ContentTable } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import { deleteRow, type Write } from '../../workspace/store/writes';
import type { Change, Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import type { PartsOf } from './parts';

/**
 * The steps that readmit an erased user: they may have a key again, and their content is served. With a recovery Region, the key is
 * permitted there first, so that a new key can be copied from the beginning.
 */
export function readmissionSteps({ table, keys, hasRecovery, now }: PartsOf['eraser']): StepsOf<'eraser'>['readmit'] {
  const content = new ContentTable(table.client, table.name, now);
  // Another job may have readmitted the user already, and they may have been erased again since.
  const unlessOvertaken = async (job: Job, change: () => Promise<Change>): Promise<Change> =>
    (await isErasedBy(content, job)) ? change() : { state: 'cancelled', step: 'done' };
  const readmitted = async (job: Job): Promise<Change> => {
    await keys.readmit(job.user);
    return { state: 'readmitted', step: 'done', also: [unmarked(job)] };
  };
  return {
    readmit: (job) => unlessOvertaken(job, async () => (hasRecovery ? { step: 'recovery-readmit' } : readmitted(job))),
    'readmit-here': (job) => unlessOvertaken(job, () => readmitted(job)),
  };
}

/** The step that permits a new key in the recovery Region. */
export const recoveryReadmissionSteps = ({
  recovery,
}: PartsOf['recovery-eraser']): StepsOf<'recovery-eraser'>['readmit'] => ({
  'recovery-readmit': async ({ user }) => {
    await recovery?.keys.readmit(user);
    return { step: 'readmit-here' };
  },
});

/** Whether the user's current erasure is the one that the job is about. */
const isErasedBy = async (table: ContentTable, { user, figures }: Job): Promise<boolean> =>
  (await table.get(statusKey(user)))?.erasing?.S === figures.erasure;

const unmarked = ({ user, figures }: Job): Write =>
  deleteRow(statusKey(user), {
    ConditionExpression: '#erasing = :erasure',
    ExpressionAttributeNames: { '#erasing': 'erasing' },
    ExpressionAttributeValues: { ':erasure': { S: `${figures.erasure}` } },
  });
