import { createHash, randomBytes } from 'node:crypto';
import { KeyGone, type Keyring } from '../../workspace/keyring/keyring';
import type { Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import { Stopped } from '../jobs/stopped';
import { storeErasureCertificate } from './certificate';
import { onlyWhileMarked } from './only-while-marked';
import type { PartsOf } from './parts';

/** Whether an erasure continued in a recovery Region. */
export const hasReachedRecovery = ({ figures }: Job): boolean => figures.recoveryKeyErasedAt !== undefined;

/** The steps of an erasure that prove it: random bytes can be decrypted before the key is erased, and can't afterwards. */
export function verificationSteps(parts: PartsOf['witness']): StepsOf<'witness'>['erase'] {
  const { keyring } = parts;
  const now = () => parts.now().getTime();
  return {
    canary: async ({ user, figures }) => {
      const text = randomBytes(32);
      await keyring.ensureKey(user);
      const canary = await keyring.encrypt(user, text);
      if (!text.equals(await keyring.decrypt(user, canary))) {
        throw new Error('decrypting the canary returned different bytes');
      }
      return {
        canary,
        figures: { ...figures, canaryAt: now(), canarySha256: createHash('sha256').update(canary).digest('hex') },
        step: 'count-rows',
      };
    },
    // A refusal counts only together with the mark: a store that answers without rows refuses too. Without it, the key is erased again.
    test: async (job) => {
      const { user, canary, figures } = job;
      if (await isReadable(keyring, user, canary)) {
        throw new Stopped(
          "the key of the job's user still decrypts, so nothing is certified: the key store holds it again; delete what was " +
            'restored there, and resume the job',
        );
      }
      if (!(await keyring.isErased(user))) return { step: 'key' };
      const step = hasReachedRecovery(job) ? 'recovery-test' : 'certificate';
      return { figures: { ...figures, refusedAt: now() }, step };
    },
    ...onlyWhileMarked(parts, {
      certificate: async (job) => {
        const { key, sha256 } = await storeErasureCertificate(job, hasReachedRecovery(job), parts);
        return {
          state: 'certified',
          figures: { ...job.figures, certificate: key, certificateSha256: sha256 },
          step: 'done',
        };
      },
    }),
  };
}

/**
 * Whether a ciphertext can be decrypted.
 *
 * @throws when a store doesn't answer, which shows neither
 */
export const isReadable = (keyring: Keyring, user: string, message: Uint8Array | undefined): Promise<boolean> =>
  keyring.decrypt(user, message ?? new Uint8Array()).then(
    () => true,
    (error) => {
      if (error instanceof KeyGone) return false;
      throw error;
    },
  );
