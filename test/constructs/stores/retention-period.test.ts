import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';

test('a period in days ends', () => expect(RetentionPeriod.days(365).duration?.toDays()).toBe(365));

test.each([0, -1, 1.5, Number.NaN])('a period of %p days is refused', (days) => {
  expect(() => RetentionPeriod.days(days)).toThrow(
    `a retention period must be a whole number of days, at least 1, got '${days}'; use 365 for one year`,
  );
});

test('a period until deletion has no end, and has its reason', () => {
  const period = RetentionPeriod.untilDeleted('lawful archive');
  expect(period.duration).toBeUndefined();
  expect(period.reason).toBe('lawful archive');
});
