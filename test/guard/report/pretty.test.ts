import type { Finding } from '@/lib/guard/finding';
import { COLOURED, PLAIN } from '@/lib/guard/report/paint';
import { count, pretty } from '@/lib/guard/report/pretty';

const NOW = new Date('2026-11-24');
const finding: Finding = {
  rule: 'place-outside',
  level: 'block',
  stack: 'Chat',
  file: 'cdk.out/Chat.template.json',
  logicalId: 'Build0A1B2C3D',
  constructPath: 'Chat/Build/Resource',
  source: 'lib/chat.ts:12:5',
  type: 'AWS::CodeBuild::Project',
  path: '/Properties/EnvironmentVariables/1/Value',
  namedPath: '/Properties/EnvironmentVariables[BEDROCK_REGION]/Value',
  value: 'us-east-1',
  place: { region: 'us-east-1', country: 'US' },
  message: "'us-east-1' is in N. Virginia (US), outside the EU. A Region in a value is where the resource sends data.",
  fix: 'Name a place inside the boundary, or remove the value.',
  documentation: 'https://example.eu',
};

test('a finding says what, where, why, what to do and how to permit it', () => {
  expect(pretty([finding], PLAIN, { now: NOW, width: 80 })).toBe(
    [
      'cdk.out/Chat.template.json (Chat)',
      '  block  place-outside  Chat/Build/Resource (AWS::CodeBuild::Project)',
      '    logical id: Build0A1B2C3D',
      '    defined at lib/chat.ts:12:5',
      '    at: /Properties/EnvironmentVariables[BEDROCK_REGION]/Value: us-east-1 (US)',
      "    why: 'us-east-1' is in N. Virginia (US), outside the EU. A Region in a value",
      '         is where the resource sends data.',
      '    fix: Name a place inside the boundary, or remove the value.',
      "    to permit it, paste below 'exceptions:':",
      '      - rule: place-outside',
      '        stack: Chat',
      '        logicalId: Build0A1B2C3D',
      '        property: /Properties/EnvironmentVariables/1/Value',
      '        value: us-east-1',
      '        reason: why this is permitted',
      '        approver: who approved it',
      '        expires: 2027-02-22',
    ].join('\n'),
  );
});

test('the logical id appears once if there is no construct path', () => {
  const text = pretty([{ ...finding, constructPath: undefined, level: 'info' }], PLAIN);
  expect(text.match(/Build0A1B2C3D/g)).toHaveLength(1);
});

test.each([
  ['block', COLOURED.grave('us-east-1')],
  ['unresolved', COLOURED.warning('us-east-1')],
  ['info', COLOURED.bold('us-east-1')],
] as const)('the value of a finding of level %s has its colour', (level, value) => {
  expect(pretty([{ ...finding, level }], COLOURED, { now: NOW })).toContain(`: ${value} (US)`);
});

test.each([
  [['block'], '1 finding'],
  [['block', 'unresolved'], '2 findings'],
  [['block', 'info'], "1 blocking finding, 1 informational ('eu-residency check' shows it)"],
  [['info', 'info'], "0 blocking findings, 2 informational ('eu-residency check' shows them)"],
  [[], '0 findings'],
] as const)('%j is counted as %s', (levels, text) => {
  expect(count(levels.map((level) => ({ ...finding, level })))).toBe(text);
});
