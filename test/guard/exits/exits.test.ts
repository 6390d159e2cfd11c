import type { Sample } from './exit';
import { EXITS } from './exits';
import { blockingOf } from './found';
import { NEAR_MISSES } from './near-misses';

const exits = Object.entries(EXITS);
const nearMisses = Object.entries(NEAR_MISSES);
/** A finding on what stands around the exit doesn't count. */
const isFound = (exit: Sample) => blockingOf(exit).some(({ logicalId }) => logicalId === 'Subject');

test.each(exits)('found: %s', (_, exit) => {
  expect(isFound(exit)).toBe(true);
});

test.each(nearMisses)('no alarm: %s', (_, nearMiss) => {
  expect(blockingOf(nearMiss)).toEqual([]);
});

test('there are enough of both, and the run says how many', () => {
  const found = exits.filter(([, exit]) => isFound(exit)).length;
  const alarms = nearMisses.filter(([, nearMiss]) => blockingOf(nearMiss).length > 0).length;
  process.stdout.write(
    `exits: ${exits.length} tried, ${found} found; near misses: ${nearMisses.length} tried, ${alarms} false alarms\n`,
  );
  expect(exits.length).toBeGreaterThanOrEqual(100);
  expect(nearMisses.length).toBeGreaterThanOrEqual(50);
});
