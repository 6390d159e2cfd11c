import { Backoff } from './backoff';
import { orLocked } from './or-locked';
import { Conflict, type ContentTable } from './table';
import type { Write } from './writes';

/**
 * Changes rows as they are now. If another request changed them first, reads them and tries again.
 *
 * @param prepare reads the rows; returns the writes that expect them unchanged, and what to return
 * @throws ApiError when other requests keep changing them; nothing is stored then
 */
export async function retryChange<T>(
  table: ContentTable,
  prepare: () => Promise<{ readonly writes: readonly Write[]; readonly result: T }>,
): Promise<T> {
  const backoff = new Backoff();
  for (;;) {
    const { writes, result } = await prepare();
    try {
      await table.transact(writes, backoff);
      return result;
    } catch (error) {
      if (!(error instanceof Conflict) || !(await backoff.next())) return orLocked(Promise.reject(error));
    }
  }
}
