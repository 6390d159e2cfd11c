import { AWS_LIMITS } from '@/lib/facts/aws-limits';
import { MOST_NAMES } from '@/lib/perimeter/egress-names';
import { egressRules } from '@/lib/perimeter/egress-rules';

test('a name has two rules, for the whole name at each place', () => {
  const passed = egressRules(['eu.api.openai.com', 'api.scaleway.ai']).filter((rule) => rule.startsWith('pass tls'));
  expect(passed).toEqual([
    expect.stringMatching(/tls\.sni; content:"eu\.api\.openai\.com"; startswith; endswith; sid:1000101;/),
    expect.stringMatching(
      /ff 01 00 01 00.*; tls\.sni; content:"eu\.api\.openai\.com"; startswith; endswith; sid:1000102;/,
    ),
    expect.stringMatching(/tls\.sni; content:"api\.scaleway\.ai"; startswith; endswith; sid:1000103;/),
    expect.stringMatching(
      /ff 01 00 01 00.*; tls\.sni; content:"api\.scaleway\.ai"; startswith; endswith; sid:1000104;/,
    ),
  ]);
});

test('after the names, every protocol is dropped', () => {
  const rules = egressRules(['a.eu']);
  const last = rules.slice(rules.findLastIndex((rule) => rule.startsWith('pass tls')) + 1);
  expect(last.map((rule) => rule.split(' ', 2).join(' '))).toEqual([
    'alert tls',
    'drop tls',
    'drop tcp',
    'drop tcp',
    'drop udp',
    'drop icmp',
    'drop ip',
  ]);
});

test('the longest list fits the limits of AWS, and each rule has its own id', () => {
  const suffix = `.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.example.eu`;
  const name = (index: number) => `${'a'.repeat(253 - suffix.length - 2)}${String(index).padStart(2, '0')}${suffix}`;
  const rules = egressRules(Array.from({ length: MOST_NAMES }, (_, index) => name(index)));
  expect(name(0)).toHaveLength(253);
  expect(Math.max(...rules.map((rule) => rule.length))).toBeLessThanOrEqual(AWS_LIMITS.firewallRule.most);
  expect(Buffer.byteLength(rules.join('\n'))).toBeLessThanOrEqual(AWS_LIMITS.firewallRules.most);
  expect(new Set(rules.map((rule) => /sid:(\d+)/.exec(rule)?.[1])).size).toBe(rules.length);
});

test('no rule has the keyword that AWS refuses in strict order', () =>
  expect(egressRules(['a.eu']).join()).not.toContain('priority'));

test.each(['a.eu"; sid:1;) pass ip any any -> any any (msg:"x', '*.a.eu', 'a.eu\npass ip any any -> any any (sid:1;)'])(
  'no rules are written for %j',
  (name) => expect(() => egressRules([name])).toThrow('no rules can be written'),
);
