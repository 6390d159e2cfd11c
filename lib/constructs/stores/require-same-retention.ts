import type { Construct } from 'constructs';
import type { RetentionPeriod } from './retention-period';

/**
 * Content that is in a given store must go when it is promised to.
 *
 * @param prop the prop that gave the store, as the user wrote it
 * @param whose who says how long it is kept: `the workspace`
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
    `${scope.node.path}: '${prop}' must keep content as long as ${whose} says, ${period(wanted)}, got a store that ` +
      `keeps it ${period(found)}; give both the same retention`,
  );
}

const period = ({ duration }: RetentionPeriod): string =>
  duration === undefined ? 'until it is deleted' : `${duration.toDays()} days`;
