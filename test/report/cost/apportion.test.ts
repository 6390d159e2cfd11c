import fc from 'fast-check';
import { apportion } from '@/lib/report/cost/apportion';

const weights = fc
  .array(fc.nat(1_000_000_000_000), { minLength: 1, maxLength: 40 })
  .filter((all) => all.some((weight) => weight > 0));

test('the parts sum to the total, each less than a cent from its exact part, and more weight never gets less', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), weights, (total, all) => {
      const parts = apportion(total, all);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      const sum = all.reduce((one, other) => one + other, 0);
      for (const [n, part] of parts.entries()) {
        expect(Math.abs(part - (total * (all[n] ?? 0)) / sum)).toBeLessThan(1.001);
        for (const [other, weight] of all.entries()) {
          if (weight < (all[n] ?? 0)) expect(parts[other]).toBeLessThanOrEqual(part);
        }
      }
    }),
  );
});

test('the largest remainders get the rest, and the earlier of two equal ones', () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(1, [1, 9, 0])).toEqual([0, 1, 0]);
  expect(apportion(100, [2, 1])).toEqual([67, 33]);
});
