import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { Finding } from '@/lib/guard/finding';
import { allowed, refused } from '@/lib/runtime/hook/hook-response';
import { refusal } from '@/lib/runtime/hook/message';

const finding = (index: number, over: Partial<Finding> = {}): Finding => ({
  rule: 'place-outside',
  level: 'block',
  stack: 'chat',
  logicalId: `Table${index}`,
  type: 'AWS::DynamoDB::Table',
  path: '/Properties/X',
  message: `'us-east-1' is outside, ${'for a long reason '.repeat(8)}`,
  fix: 'Name a place inside.',
  documentation: 'https://docs.aws.amazon.com/',
  ...over,
});
const findings = (count: number) => Array.from({ length: count }, (_, index) => finding(index));

const said = (found: Finding[]) =>
  refusal({ findings: found, boundary: ResidencyBoundary.eu(), exceptions: [] }, 'chat');

test.each([1, 2, 7, 8, 40, 5_000])('%d findings fit, and those that don’t are counted', (count) => {
  const text = said(findings(count));
  const shown = text.match(/\(\d+\) place-outside/g) ?? [];
  const more = Number(/ and (\d+) more/.exec(text)?.[1] ?? 0);
  expect(text.length).toBeLessThanOrEqual(2_000);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length + more).toBe(count);
});

test('a finding of any length leaves room for the next', () => {
  const text = said([finding(0, { message: 'x'.repeat(10_000) }), finding(1)]);
  expect(text).toContain('(2) place-outside at Table1');
});

test('a finding names the template if it concerns all of it', () => {
  const whole = finding(0, { logicalId: undefined, type: undefined, path: '/Transform' });
  expect(said([whole])).toContain('at the template /Transform:');
});

test('no message is longer than CloudFormation shows', () => {
  expect(refused('token', 'InternalFailure', 'x'.repeat(9_000)).message).toHaveLength(2_000);
  expect(allowed('token', 'x'.repeat(9_000)).message).toHaveLength(2_000);
});
