import { createHash, randomBytes } from 'node:crypto';
import { writeCertificate } from './certificate';
import { type ContentPlace, deleteObjects, deleteRows, KEYS } from './delete-content';
import { kindOf } from './partition';
import { isReadable, recoverySteps, wentOn } from './recovery-steps';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import { Stopped } from './stopped';
import { prefixesOf } from './user-objects';
import { KEY_BACKUP_MS } from './windows';

export interface ErasureParts
  extends Pick<RightsOptions, 'workspace' | 'vault' | 'keys' | 'counts' | 'evidence' | 'recovery'>,
    ContentPlace {
  readonly now: () => Date;
}

/**
 * The steps of an erasure, in their order. Each may be run again after it was interrupted anywhere. The key goes last of what goes
 * at once, so that whoever looks at an erasure that stopped finds either content or its end.
 */
export function erasureSteps(parts: ErasureParts): Steps {
  const { workspace, vault, keys, counts: used, evidence, partitions, objects, recovery } = parts;
  const now = () => parts.now().getTime();
  return {
    ...recoverySteps(recovery, parts.now),
    canary: {
      actor: 'witness',
      run: async ({ user, figures }) => {
        const text = randomBytes(32);
        await vault.open(user);
        const canary = await vault.encrypt(user, text);
        if (!text.equals(await vault.decrypt(user, canary))) throw new Error('what was just encrypted reads otherwise');
        return {
          canary,
          figures: { ...figures, canaryAt: now(), canarySha256: createHash('sha256').update(canary).digest('hex') },
          step: 'count-rows',
        };
      },
    },
    'count-rows': {
      actor: 'eraser',
      run: async ({ user, cursor, counts }) => {
        const { rows, last } = await partitions.page(user, { after: cursor, limit: 1_000, attributes: KEYS });
        const next = { ...counts };
        for (const row of rows) add(next, `rows.${kindOf(row)}`, 1);
        return { counts: next, cursor: last, step: last === undefined ? 'count-objects' : 'count-rows' };
      },
    },
    'count-objects': {
      actor: 'eraser',
      run: async ({ user, cursor, counts }) => {
        const prefixes = prefixesOf(user);
        const { nth, after } = cursor === undefined ? { nth: 0, after: undefined } : JSON.parse(cursor);
        const prefix = prefixes[nth] ?? '';
        const { versions, next } = await objects.page(prefix, after);
        const changed = { ...counts };
        add(changed, `objects.${prefix.replace(/\/.*$/, '')}`, versions.length);
        if (next !== undefined) return { counts: changed, cursor: JSON.stringify({ nth, after: JSON.parse(next) }) };
        const isLast = nth + 1 === prefixes.length;
        return isLast
          ? { counts: changed, cursor: undefined, step: 'count-days' }
          : { counts: changed, cursor: JSON.stringify({ nth: nth + 1 }) };
      },
    },
    'count-days': {
      actor: 'eraser',
      run: async ({ user, counts }) => {
        const next = { ...counts };
        add(next, 'days', await used.days(user));
        return { counts: next, step: 'rows' };
      },
    },
    rows: {
      actor: 'eraser',
      run: async (job) => ((await deleteRows(parts, job.user)).isDone ? { step: 'objects' } : {}),
    },
    objects: {
      actor: 'eraser',
      run: async (job) => ((await deleteObjects(parts, job.user)).isDone ? { step: 'days' } : {}),
    },
    // They are under no key of the user, so nothing but their deletion ends them.
    days: {
      actor: 'eraser',
      run: async ({ user, figures }) => {
        await used.erase(user);
        return { step: 'key', figures: { ...figures, emptiedAt: now() } };
      },
    },
    key: {
      actor: 'eraser',
      run: async ({ user, figures }) => {
        const { erasedAt, forgottenAt } = await keys.destroy(user);
        // From when nobody has the key in memory on, until nobody can restore it.
        const readyAt = forgottenAt.getTime() + KEY_BACKUP_MS;
        const erased = { ...figures, keyErasedAt: erasedAt.getTime(), forgottenAt: forgottenAt.getTime(), readyAt };
        // Erased is who has no key anywhere.
        if (recovery !== undefined) return { figures: erased, step: 'recovery-read' };
        return { state: 'erased', figures: erased, notBefore: readyAt, step: 'late' };
      },
    },
    // What requests wrote that were let in before the erasure began: nobody can read it any more, and it goes all the same.
    late: {
      actor: 'eraser',
      run: async (job) => {
        const rows = await deleteRows(parts, job.user);
        const files = await deleteObjects(parts, job.user);
        const days = await used.erase(job.user);
        const counts = { ...job.counts };
        add(counts, 'rows.late', rows.deleted);
        add(counts, 'objects.late', files.deleted);
        add(counts, 'days.late', days);
        const found = rows.deleted + files.deleted + days > 0;
        return {
          counts,
          figures: found ? { ...job.figures, emptiedAt: now() } : job.figures,
          step: rows.isDone && files.isDone ? (wentOn(job) ? 'recovery-late' : 'test') : 'late',
        };
      },
    },
    test: {
      actor: 'witness',
      run: async (job) => {
        const { user, canary, figures } = job;
        if (await isReadable(vault, user, canary)) {
          throw new Stopped(
            `the key of user '${user}' still decrypts, so nothing is certified: the key store holds it again; delete what was ` +
              'restored there, and resume the job',
          );
        }
        return { figures: { ...figures, refusedAt: now() }, step: wentOn(job) ? 'recovery-test' : 'certificate' };
      },
    },
    certificate: {
      actor: 'witness',
      run: async (job) => {
        const { key, sha256 } = await writeCertificate(job, { workspace, evidence });
        return {
          state: 'certified',
          figures: { ...job.figures, certificate: key, certificateSha256: sha256 },
          step: 'done',
        };
      },
    },
  };
}

function add(counts: Record<string, number>, name: string, more: number): void {
  counts[name] = (counts[name] ?? 0) + more;
}
