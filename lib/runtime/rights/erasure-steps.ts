import { createHash, randomBytes } from 'node:crypto';
import type { ContentTable } from '../workspace/content/table';
import { KeyGone } from '../workspace/vault/vault';
import { writeCertificate } from './certificate';
import type { Job } from './job';
import { kindOf, type Partitions } from './partition';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import { prefixesOf, type UserObjects } from './user-objects';
import { KEY_BACKUP_MS } from './windows';

/** Rows that are asked for at once, and pages of them that are deleted in one step. */
const PAGE = 100;
const PAGES = 20;

const KEYS = ['pk', 'sk'] as const;

export interface ErasureParts extends Pick<RightsOptions, 'workspace' | 'vault' | 'keys' | 'counts' | 'evidence'> {
  readonly table: ContentTable;
  readonly partitions: Partitions;
  readonly objects: UserObjects;
  readonly now: () => Date;
}

/**
 * The steps of an erasure, in their order. Each may be run again after it was interrupted anywhere. The key goes last of what goes
 * at once, so that whoever looks at an erasure that stopped finds either content or its end.
 */
export function erasureSteps(parts: ErasureParts): Steps {
  const { workspace, vault, keys, counts: used, evidence, partitions, objects } = parts;
  const now = () => parts.now().getTime();
  return {
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
      run: async (job) => ((await deleteRows(parts, job)).isDone ? { step: 'objects' } : {}),
    },
    objects: {
      actor: 'eraser',
      run: async (job) => ((await deleteObjects(parts, job)).isDone ? { step: 'days' } : {}),
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
        return {
          state: 'erased',
          figures: { ...figures, keyErasedAt: erasedAt.getTime(), forgottenAt: forgottenAt.getTime(), readyAt },
          notBefore: readyAt,
          step: 'late',
        };
      },
    },
    // What requests wrote that were let in before the erasure began: nobody can read it any more, and it goes all the same.
    late: {
      actor: 'eraser',
      run: async (job) => {
        const rows = await deleteRows(parts, job);
        const files = await deleteObjects(parts, job);
        const days = await used.erase(job.user);
        const counts = { ...job.counts };
        add(counts, 'rows.late', rows.deleted);
        add(counts, 'objects.late', files.deleted);
        add(counts, 'days.late', days);
        const found = rows.deleted + files.deleted + days > 0;
        return {
          counts,
          figures: found ? { ...job.figures, emptiedAt: now() } : job.figures,
          step: rows.isDone && files.isDone ? 'test' : 'late',
        };
      },
    },
    test: {
      actor: 'witness',
      run: async ({ user, canary, figures }) => {
        const isGone = await vault.decrypt(user, canary ?? new Uint8Array()).then(
          () => false,
          (error) => {
            if (error instanceof KeyGone) return true;
            throw error;
          },
        );
        if (!isGone) {
          throw new Error(
            `the key of user '${user}' still decrypts, so nothing is certified: the key store holds it again; delete what was ` +
              'restored there, and resume the job',
          );
        }
        return { figures: { ...figures, refusedAt: now() }, step: 'certificate' };
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

async function deleteRows({ partitions, table }: ErasureParts, { user }: Job) {
  let deleted = 0;
  for (let page = 0; page < PAGES; page++) {
    const { rows, last } = await partitions.page(user, { limit: PAGE, attributes: KEYS });
    await table.deleteAll(rows);
    deleted += rows.length;
    if (last === undefined) return { deleted, isDone: true };
  }
  return { deleted, isDone: false };
}

async function deleteObjects({ objects }: ErasureParts, { user }: Job) {
  let deleted = 0;
  for (const prefix of prefixesOf(user)) {
    const page = await objects.delete(prefix, PAGES);
    deleted += page.deleted;
    if (!page.isDone) return { deleted, isDone: false };
  }
  return { deleted, isDone: true };
}
