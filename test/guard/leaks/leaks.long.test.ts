import { AGENTCORE_NEAR_MISSES } from './agentcore';
import { blockingOf } from './blocking-findings';
import { BOUNDARY_NEAR_MISSES } from './boundaries';
import { BUCKET_NEAR_MISSES } from './buckets';
import type { Sample } from './leak';
import { LEAKS } from './leaks';
import { NEAR_MISSES } from './near-misses';
import { PARTY_NEAR_MISSES } from './parties';
import { POLICY_NEAR_MISSES } from './policies';
import { SPANNING_NEAR_MISSES } from './spanning';

const leaks = Object.entries(LEAKS);
const nearMisses = Object.entries({
  ...NEAR_MISSES,
  ...BUCKET_NEAR_MISSES,
  ...SPANNING_NEAR_MISSES,
  ...POLICY_NEAR_MISSES,
  ...AGENTCORE_NEAR_MISSES,
  ...PARTY_NEAR_MISSES,
  ...BOUNDARY_NEAR_MISSES,
});
/** Findings on the resources around the leak don't count. */
const isDetected = (leak: Sample) => blockingOf(leak).some(({ logicalId }) => logicalId === 'Subject');

test.each(leaks)('%s is detected', (_, leak) => {
  expect(isDetected(leak)).toBe(true);
});

test('each leak is reported where it is', () => {
  const found = leaks.flatMap(([title, leak]) => [
    title,
    ...blockingOf(leak).map(
      ({ level, rule, logicalId, path, value = '' }) => `  ${level} ${rule} ${logicalId}${path} ${value}`,
    ),
  ]);
  expect(found.join('\n')).toMatchSnapshot();
});

test.each(nearMisses)('%s raises no alarm', (_, nearMiss) => {
  expect(blockingOf(nearMiss)).toEqual([]);
});

test('there are enough leaks and near misses, and the run prints their numbers', () => {
  const detected = leaks.filter(([, leak]) => isDetected(leak)).length;
  const alarms = nearMisses.filter(([, nearMiss]) => blockingOf(nearMiss).length > 0).length;
  process.stdout.write(
    `leaks: ${leaks.length} tried, ${detected} detected; near misses: ${nearMisses.length} tried, ${alarms} false alarms\n`,
  );
  expect(leaks.length).toBeGreaterThanOrEqual(100);
  expect(nearMisses.length).toBeGreaterThanOrEqual(50);
});
