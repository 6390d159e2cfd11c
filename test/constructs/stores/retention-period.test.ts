import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';

test('a period in days ends', () => expect(RetentionPeriod.days(365).duration?.toDays()).toBe(365));

test.each([0, -1, 1.5, Number.NaN])('refuses %p days', (days) => {
  expect(() => RetentionPeriod.days(days)).toThrow(
    `a retention period must be a whole number of days, at least 1, got '${days}'; use 365 for a year`,
  );
});

test('a period until deletion has no end and keeps its reason', () => {
  const period = RetentionPeriod.untilDeleted('lawful archive');
  expect(period.duration).toBeUndefined();
  expect(period.reason).toBe('lawful archive');
});
