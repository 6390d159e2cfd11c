import type { Construct } from 'constructs';
import type { RetentionPeriod } from './retention-period';

/**
 * Checks that an existing store deletes content after the promised period.
 *
 * @param prop the prop that holds the store, in the user's words
 * @param whose the owner of the promised period, such as `the workspace`
 * @throws if the two periods differ
 */
export function requireSameRetention(
  scope: Construct,
  prop: string,
  found: RetentionPeriod,
  wanted: RetentionPeriod,
  whose: string,
): void {
  if (found.duration?.toDays() === wanted.duration?.toDays()) return;
  throw new Error(
    `${scope.node.path}: '${prop}' must have the retention of ${whose}, ${period(wanted)}, because content must be deleted when ` +
      `promised, got a store with the retention ${period(found)}; set the same retention for both`,
  );
}

const period = ({ duration }: RetentionPeriod): string =>
  duration === undefined ? 'until deletion' : `${duration.toDays()} days`;
