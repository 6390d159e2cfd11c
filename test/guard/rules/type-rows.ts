import type { ResourceRule } from '@/lib/guard/rule/rule';
import { findingsOf, textsOf } from './rule-tester';

/** Tests a rule that checks only the type: the types that it reports, and those that it doesn't. */
export function testTypes(rule: ResourceRule, found: Readonly<Record<string, string>>, left: readonly string[]): void {
  describe(rule.id, () => {
    test.each(Object.entries(found))('%s is reported', (type, level) => {
      expect(findingsOf(rule, {}, { type }).map((finding) => [finding.value, finding.level])).toEqual([[type, level]]);
    });

    test('each finding says what was found', () => {
      const types = Object.keys(found).map((type) => [type, findingsOf(rule, {}, { type })] as const);
      expect(textsOf(rule, types)).toMatchSnapshot();
    });

    test.each(left)("%s isn't reported", (type) => {
      expect(findingsOf(rule, {}, { type })).toEqual([]);
    });
  });
}
