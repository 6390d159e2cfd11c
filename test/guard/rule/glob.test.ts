import { isCatchAll, matchesParts, matchesText } from '@/lib/guard/rule/glob';

// biome-ignore format: one row a line
test.each<[glob: string, name: string, matches: boolean]>([
  ['Prod/Chat', 'Prod/Chat', true],
  ['Prod/Chat', 'Prod/Chat2', false],
  ['Prod/*', 'Prod/Chat', true],
  ['Prod/*', 'Prod/Chat/Nested', false],
  ['Prod/**', 'Prod/Chat/Nested', true],
  ['Prod/**', 'Prod', true],
  ['**/Chat', 'Chat', true],
  ['**/Chat', 'A/B/Chat', true],
  ['**/Chat', 'A/B/MyChat', false],
  ['Ger*-Chat', 'Germany-Chat', true],
  ['Ger*', 'Germany/Chat', false],
  ['*', '', true],
  ['/Properties/Replicas/*/Region', '/Properties/Replicas/1/Region', true],
  ['/Properties/Replicas/*/Region', '/Properties/Replicas/1/Kms/Region', false],
  ['/Properties/**/Region', '/Properties/Replicas/1/Kms/Region', true],
  ['a.b', 'a/b', false],
  ['[a]', 'a', false],
  ['(a|b)', 'a', false],
])('%s on %s: %s', (glob, name, matches) => {
  expect(matchesParts(glob, name, '/')).toBe(matches);
});

test.each<[string, string, boolean]>([
  ['logs-*', 'logs-2026', true],
  ['logs-*', 'my-logs-2026', false],
  ['*-logs-*', 'a-logs-b-logs-c', true],
  ['a*b*c', 'abcabc', true],
  ['a*b*c', 'abcab', false],
  ['Datadog::*', 'Datadog::Monitors::Monitor', true],
  ['Datadog::*', 'NotDatadog::Monitors::Monitor', false],
])('text %s on %s: %s', (glob, text, matches) => {
  expect(matchesText(glob, text)).toBe(matches);
});

test('matching takes bounded time, whatever the glob', () => {
  const started = performance.now();
  expect(matchesText(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  expect(matchesParts(`${'**/a/'.repeat(100)}b`, 'a/'.repeat(3000), '/')).toBe(false);
  expect(performance.now() - started).toBeLessThan(3000);
});

test.each([['*'], ['**'], ['**/*'], ['*-*'], ['*.*']])('%s matches everything', (glob) => {
  expect(isCatchAll(glob)).toBe(true);
});

test.each([['a*'], ['Prod/**']])('%s is specific', (glob) => {
  expect(isCatchAll(glob)).toBe(false);
});
