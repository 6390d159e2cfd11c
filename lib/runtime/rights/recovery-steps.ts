import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { ContentTable } from '../workspace/store/table';
import { type KeyErasure, KeyGone, type Vault } from '../workspace/vault/vault';
import { deleteObjects, deleteRows } from './delete-content';
import type { Job } from './job';
import { Partitions } from './partition';
import type { Steps } from './steps';
import { Stopped } from './stopped';
import { UserObjects } from './user-objects';
import { KEY_BACKUP_MS } from './windows';

/** Where content is kept a second time, in another Region, and an erasure has to go on. */
export interface RecoveryStores {
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  /** By the key store of there. */
  readonly vault: Vault;
  readonly keys: KeyErasure;
}

/** Whether an erasure went on in a second Region. */
export const wentOn = ({ figures }: Job): boolean => figures.recoveryKeyErasedAt !== undefined;

/**
 * The steps of an erasure where content is kept a second time, after the first key is gone: nothing new is copied there any more. S3
 * never replicates that a version was deleted, so each is deleted there too; rows go by themselves, and are deleted all the same.
 */
export function recoverySteps(recovery: RecoveryStores | undefined, now: () => Date): Steps {
  const stores = () => {
    if (recovery !== undefined) return recovery;
    throw new Stopped(
      "the erasure was under way in the recovery Region, and there is none any more; set 'regions.recovery' again until it is certified",
    );
  };
  const place = () => {
    const { table, bucket } = stores();
    return {
      table: new ContentTable(table.client, table.name, now),
      partitions: new Partitions(table.client, table.name),
      objects: new UserObjects(bucket.client, bucket.name),
    };
  };
  const empty = async (user: string) => {
    const [rows, objects] = [await deleteRows(place(), user), await deleteObjects(place(), user)];
    return { deleted: rows.deleted + objects.deleted, isDone: rows.isDone && objects.isDone };
  };
  return {
    // So that what is refused in the end was readable there before; a key that was never copied isn't.
    'recovery-read': {
      actor: 'recovery-witness',
      run: async ({ user, canary, figures }) => ({
        figures: (await isReadable(stores().vault, user, canary))
          ? { ...figures, recoveryDecryptedAt: now().getTime() }
          : figures,
        step: 'recovery-content',
      }),
    },
    'recovery-content': {
      actor: 'recovery-eraser',
      run: async ({ user, figures }) => {
        const { isDone } = await empty(user);
        if (!isDone) return {};
        return { figures: { ...figures, recoveryEmptiedAt: now().getTime() }, step: 'recovery-key' };
      },
    },
    'recovery-key': {
      actor: 'recovery-eraser',
      run: async ({ user, figures }) => {
        const { erasedAt, forgottenAt } = await stores().keys.destroy(user);
        // The later of the two: until then one of the Regions may still have the key.
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
    },
    'recovery-late': {
      actor: 'recovery-eraser',
      run: async ({ user, figures }) => {
        const { deleted, isDone } = await empty(user);
        return {
          figures: deleted > 0 ? { ...figures, recoveryEmptiedAt: now().getTime() } : figures,
          step: isDone ? 'test' : 'recovery-late',
        };
      },
    },
    'recovery-test': {
      actor: 'recovery-witness',
      run: async ({ user, canary, figures }) => {
        if (!(await isReadable(stores().vault, user, canary))) {
          return { figures: { ...figures, recoveryRefusedAt: now().getTime() }, step: 'certificate' };
        }
        throw new Stopped(
          `the key of user '${user}' still decrypts in the recovery Region, so nothing is certified: the key store there holds it again; ` +
            'delete what was restored there, and resume the job',
        );
      },
    },
  };
}

/** Whether a ciphertext is read; a store that doesn't answer says neither. */
export const isReadable = (vault: Vault, user: string, message: Uint8Array | undefined): Promise<boolean> =>
  vault.decrypt(user, message ?? new Uint8Array()).then(
    () => true,
    (error) => {
      if (error instanceof KeyGone) return false;
      throw error;
    },
  );
