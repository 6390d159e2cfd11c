import type { Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import { Stopped } from '../jobs/stopped';
import { contentAccess, deleteObjects, deleteRows } from '../store/delete-content';
import { groupKeysOf, newGroupKeys } from './group-keys';
import { onlyWhileMarked } from './only-while-marked';
import type { PartsOf } from './parts';
import { isReadable } from './verification-steps';
import { KEY_BACKUP_MS } from './windows';

/** The steps of an erasure that prove it in the recovery Region. */
export function recoveryVerificationSteps({
  recovery,
  now,
}: PartsOf['recovery-witness']): StepsOf<'recovery-witness'>['erase'] {
  const isReadableThere = ({ user, canary }: Job) => isReadable(required(recovery).keyring, user, canary);
  return {
    // Shows that what is refused in the end was readable here. A key that was never copied isn't.
    'recovery-read': async (job) => {
      const wasReadable = await isReadableThere(job);
      const figures = wasReadable ? { ...job.figures, recoveryDecryptedAt: now().getTime() } : job.figures;
      return { figures, step: 'recovery-content' };
    },
    'recovery-test': async (job) => {
      if (await isReadableThere(job)) {
        throw new Stopped(
          "the key of the job's user still decrypts in the recovery Region, so nothing is certified: the key store there holds it " +
            'again; delete what was restored there, and resume the job',
        );
      }
      if (!(await required(recovery).keyring.isErased(job.user))) return { step: 'recovery-key' };
      return { figures: { ...job.figures, recoveryRefusedAt: now().getTime() }, step: 'certificate' };
    },
  };
}

/** What DynamoDB replicates is in the other Region within seconds. */
const REPLICATION_MS = 60_000;

/**
 * The steps of an erasure that delete in the recovery Region. They run after the first key is gone, because nothing new is copied from
 * then on. S3 never replicates the deletion of a version, so each version is deleted here too; DynamoDB replicates the deletion of rows,
 * and they are deleted nevertheless.
 */
export function recoveryErasureSteps(parts: PartsOf['recovery-eraser']): StepsOf<'recovery-eraser'>['erase'] {
  const { recovery, now } = parts;
  const empty = async ({ user, figures }: Job) => {
    const content = contentAccess(required(recovery), now);
    let waits = false;
    const rows = await deleteRows(content, user, async (found) => {
      waits = newGroupKeys(found, figures).length > 0;
      return !waits;
    });
    const objects = await deleteObjects(content, user);
    return { deleted: rows.deleted + objects.deleted, isDone: (waits || rows.isDone) && objects.isDone, waits };
  };
  return onlyWhileMarked(parts, {
    'recovery-content': async (job) => {
      const { figures } = job;
      const { isDone, waits } = await empty(job);
      if (!isDone) return {};
      if (waits) return { step: 'recovery-key' };
      return { figures: { ...figures, recoveryEmptiedAt: now().getTime() }, step: 'recovery-key' };
    },
    'recovery-key': async ({ user, figures }) => {
      const { keys } = required(recovery);
      for (const key of groupKeysOf(figures)) await keys.destroy(key);
      const { erasedAt, forgottenAt } = await keys.destroy(user);
      // The later of the two times: until then, the key can be restored in one of the Regions.
      const readyAt = Math.max(Number(figures.readyAt), forgottenAt.getTime() + KEY_BACKUP_MS);
      return {
        state: 'erased',
        figures: {
          ...figures,
          recoveryKeyErasedAt: erasedAt.getTime(),
          recoveryForgottenAt: forgottenAt.getTime(),
          readyAt,
        },
        notBefore: readyAt,
        step: 'late',
      };
    },
    'recovery-late': async (job) => {
      const { figures } = job;
      const { deleted, isDone, waits } = await empty(job);
      const isChanged = deleted > 0 || figures.recoveryEmptiedAt === undefined;
      return {
        figures: isChanged ? { ...figures, recoveryEmptiedAt: now().getTime() } : figures,
        ...(waits && isDone
          ? { step: 'late', notBefore: now().getTime() + REPLICATION_MS }
          : { step: isDone ? 'test' : 'recovery-late' }),
      };
    },
  });
}

function required<T>(recovery: T | undefined): T {
  if (recovery !== undefined) return recovery;
  throw new Stopped(
    "the erasure was under way in the recovery Region, and there is none any more; set 'regions.recovery' again until it is certified",
  );
}
