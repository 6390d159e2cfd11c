import type { Job } from '../jobs/job';
import type { Hold } from '../store/holds';

/** A job as administrators and operators read it: all of it but the canary, and no counts that show what one member did. */
export function jobObject(job: Job) {
  const { counts, ...shown } = ownJobObject(job);
  return isForAdministrators(job) ? { ...shown, counts } : shown;
}

/** Counts over all users, and what a certificate states too: it proves the erasure. */
const isForAdministrators = ({ kind, user, state }: Job): boolean =>
  user === '' || (kind === 'erase' && state === 'certified');

/** A job as its user reads it. */
export function ownJobObject({ id, kind, user, by, at, state, counts, figures, notBefore }: Job) {
  const { certificate, certificateSha256, until, recipient, reason, releasedBy, releasedAt, deletion } = figures;
  const { releaseFrom, confirmedBy, confirmedAt, calledOffBy, calledOffAt } = figures;
  const timeOf = (value: string | number | undefined) => iso(Number(value));
  return {
    id,
    object: 'rights.job',
    kind,
    user: user === '' ? null : user,
    requested_by: by,
    requested_at: iso(at),
    state,
    counts,
    ...(state === 'erased' && { certificate_from: iso(notBefore) }),
    ...(kind === 'erase' && state === 'waiting' && { erases_from: iso(notBefore) }),
    ...(state === 'awaiting-confirmation' && { confirm_until: iso(notBefore) }),
    ...(confirmedBy !== undefined && { confirmed_by: confirmedBy, confirmed_at: timeOf(confirmedAt) }),
    ...(calledOffBy !== undefined && { called_off_by: calledOffBy, called_off_at: timeOf(calledOffAt) }),
    ...(certificate !== undefined && { certificate, certificate_sha256: certificateSha256 }),
    ...(until !== undefined && { expires_at: timeOf(until) }),
    ...(deletion !== undefined && { key_deleted_at: timeOf(deletion) }),
    ...(recipient !== undefined && { recipient, reason }),
    ...(recipient !== undefined && releaseFrom !== undefined && { release_from: timeOf(releaseFrom) }),
    ...(releasedBy !== undefined && { released_by: releasedBy, released_at: timeOf(releasedAt) }),
  };
}

/** A page of a list. @param next the id after which the next page begins; undefined at the end */
export const listObject = <T>(data: readonly T[], next: string | undefined) => ({
  object: 'list',
  data,
  has_more: next !== undefined,
  next: next ?? null,
});

/** A hold as administrators read it. */
export function holdObject({ id, user, conversation, reason, by, at, releasedAt, releasedBy }: Hold) {
  return {
    id,
    object: 'rights.hold',
    user,
    conversation: conversation ?? null,
    reason,
    placed_by: by,
    placed_at: iso(at),
    released_by: releasedBy ?? null,
    released_at: releasedAt === undefined ? null : iso(releasedAt),
  };
}

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
