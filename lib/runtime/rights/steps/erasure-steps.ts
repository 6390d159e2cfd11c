import type { Change, Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import { type ContentAccess, contentAccess, deleteObjects, KEYS } from '../store/delete-content';
import { kindOf } from '../store/partition';
import { prefixesOf } from '../store/user-objects';
import { erasureWaitSteps } from './erasure-wait-steps';
import { deleteRowsAndShares, withGroupKeys } from './group-keys';
import { onlyWhileMarked } from './only-while-marked';
import type { PartsOf } from './parts';
import { hasReachedRecovery } from './verification-steps';
import { KEY_BACKUP_MS } from './windows';

type EraserParts = PartsOf['eraser'];

/** The steps of an erasure that count and delete. */
export function erasureSteps(parts: EraserParts): StepsOf<'eraser'>['erase'] {
  const content = contentAccess(parts, parts.now);
  return {
    ...erasureWaitSteps(parts),
    'count-rows': (job) => countRows(content, job),
    'count-objects': (job) => countObjects(content, job),
    'count-days': async ({ user, counts }) => {
      const next = { ...counts };
      add(next, 'days', (await parts.counts.days(user)).length);
      add(next, 'links', await parts.links.count(user));
      if (parts.directory) add(next, 'directory', await parts.directory.count(user));
      return { counts: next, step: 'rows' };
    },
    ...onlyWhileMarked(parts, {
      rows: (job) => deleteContentRows(parts, content, job),
      objects: async ({ user }) => ((await deleteObjects(content, user)).isDone ? { step: 'days' } : {}),
      // Usage counts and links aren't encrypted under a key of the user, so only their deletion erases them.
      days: async ({ user, figures }) => {
        const links = await parts.links.erase(user);
        if (!links.isDone) return {};
        await parts.counts.erase(user);
        await parts.directory?.erase(user);
        return { step: 'key', figures: { ...figures, emptiedAt: parts.now().getTime() } };
      },
      key: (job) => eraseKey(parts, job),
      late: (job) => deleteLate(parts, content, job),
    }),
  };
}

async function deleteContentRows(parts: EraserParts, content: ContentAccess, { user, figures }: Job): Promise<Change> {
  const { keys, isDone } = await deleteRowsAndShares(parts, content, user, figures);
  if (keys.length > 0) return { figures: withGroupKeys(figures, keys) };
  return isDone ? { step: 'objects' } : {};
}

async function countRows({ partitions }: ContentAccess, { user, cursor, counts }: Job): Promise<Change> {
  const { rows, last } = await partitions.page(user, { after: cursor, limit: 1_000, attributes: KEYS });
  const next = { ...counts };
  for (const row of rows) add(next, `rows.${kindOf(row)}`, 1);
  return { counts: next, cursor: last, step: last === undefined ? 'count-objects' : 'count-rows' };
}

async function countObjects({ objects }: ContentAccess, { user, cursor, counts }: Job): Promise<Change> {
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
}

async function eraseKey({ keys, hasRecovery }: EraserParts, { user, figures }: Job): Promise<Change> {
  const { erasedAt, forgottenAt } = await keys.destroy(user);
  // The window in which the key can be restored, counted from when no process has it in memory.
  const readyAt = forgottenAt.getTime() + KEY_BACKUP_MS;
  const erased = { ...figures, keyErasedAt: erasedAt.getTime(), forgottenAt: forgottenAt.getTime(), readyAt };
  // A user counts as erased only once no copy of their key exists.
  if (hasRecovery) return { figures: erased, step: 'recovery-read' };
  return { state: 'erased', figures: erased, notBefore: readyAt, step: 'late' };
}

/** Deletes what requests wrote that began before the erasure. It can't be decrypted any more, and is deleted nevertheless. */
async function deleteLate(parts: EraserParts, content: ContentAccess, job: Job): Promise<Change> {
  const { counts: usage, links, directory, now } = parts;
  const rows = await deleteRowsAndShares(parts, content, job.user, job.figures);
  const objects = await deleteObjects(content, job.user);
  const days = await usage.erase(job.user);
  const linked = await links.erase(job.user);
  // A later round moves `emptiedAt`, and users that SCIM has created since the erasure must stay in each.
  const { directoryEmptiedAt = job.figures.emptiedAt } = job.figures;
  const sent = (await directory?.erase(job.user, Number(directoryEmptiedAt))) ?? 0;
  const counts = { ...job.counts };
  add(counts, 'rows.late', rows.deleted);
  add(counts, 'objects.late', objects.deleted);
  add(counts, 'days.late', days);
  add(counts, 'links.late', linked.deleted);
  if (directory) add(counts, 'directory.late', sent);
  const wasEmpty = rows.deleted + objects.deleted + days + linked.deleted + sent === 0;
  const noted = withGroupKeys({ ...job.figures, ...(directory && { directoryEmptiedAt }) }, rows.keys);
  const figures = wasEmpty ? noted : { ...noted, emptiedAt: now().getTime() };
  if (rows.keys.length > 0) {
    // A request that began before the erasure made a key. Until no backup has it, nothing is certified. Its rows are deleted by the next step.
    const readyAt = rows.forgottenAt + KEY_BACKUP_MS;
    const next = parts.hasRecovery ? { step: 'recovery-key' } : { step: 'late', notBefore: readyAt };
    return { counts, figures: { ...figures, readyAt }, ...next };
  }
  return {
    counts,
    figures,
    step:
      rows.isDone && objects.isDone && linked.isDone ? (hasReachedRecovery(job) ? 'recovery-late' : 'test') : 'late',
  };
}

function add(counts: Record<string, number>, name: string, more: number): void {
  counts[name] = (counts[name] ?? 0) + more;
}
