import type { ResourceRule } from '@/lib/guard/rule/rule';
import { findingsOf } from './rule-tester';

/** Tests a rule that judges the type alone: what it finds, and what it leaves. */
export function testTypes(rule: ResourceRule, found: Readonly<Record<string, string>>, left: readonly string[]): void {
  describe(rule.id, () => {
    test.each(Object.entries(found))('finds %s', (type, level) => {
      expect(findingsOf(rule, {}, { type }).map((finding) => [finding.value, finding.level])).toEqual([[type, level]]);
    });

    test.each(left)('leaves %s', (type) => {
      expect(findingsOf(rule, {}, { type })).toEqual([]);
    });
  });
}
