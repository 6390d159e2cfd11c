import type { Shown } from './admin-request';

/**
 * Jobs or holds for people: one line per field, and a blank line between two of them.
 *
 * @param jobs every job of the workspace, among which an erasure may have deleted the files of an export
 */
export function rightsLines(found: readonly Shown[], jobs: readonly Shown[]): string {
  if (found.length === 0) return 'none';
  return found
    .map((one) => ({ ...one, ...deletedExport(one, jobs) }))
    .map((one) =>
      Object.entries(one)
        .filter(([name, value]) => name !== 'object' && value !== null)
        .map(([name, value], index) => `${index === 0 ? '' : '  '}${name}  ${text(value)}`)
        .join('\n'),
    )
    .join('\n\n');
}

/** Whether a job is an export that looks as if it could be fetched. */
export const mayBeDeleted = ({ kind, state }: Shown): boolean =>
  kind === 'export' && (state === 'ready' || state === 'awaiting-release');

/** An erasure deletes the files of exports too, while the job of the export stays as it is. */
function deletedExport(job: Shown, jobs: readonly Shown[]): Shown {
  if (!mayBeDeleted(job)) return {};
  const erasure = jobs.find(
    ({ kind, state, user, requested_at: at }) =>
      kind === 'erase' &&
      (state === 'erased' || state === 'certified') &&
      user === job.user &&
      `${at}` > `${job.requested_at}`,
  );
  return erasure === undefined ? {} : { state: `deleted by ${erasure.id}`, expires_at: null };
}

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')
    : String(value);
