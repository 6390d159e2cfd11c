import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { hookPolicy } from '@/lib/config/hook-policy';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { boundaryOf } from '@/lib/guard/declarations/declarations';
import { concerns } from '@/lib/guard/declarations/declared-exception';
import { parseHookPolicy } from '@/lib/runtime/hook/policy';

const folder = mkdtempSync(path.join(tmpdir(), 'declarations-'));
afterAll(() => rmSync(folder, { recursive: true }));

function policyOf(yaml: string) {
  const file = path.join(folder, 'residency-exceptions.yaml');
  writeFileSync(file, yaml);
  return hookPolicy(ResidencyBoundary.eu(), ResidencyDeclarations.fromFile(file)._data);
}
const exception = (stack: string) => `exceptions:
  - rule: place-outside
    stack: '${stack}'
    value: us-east-1
    reason: public catalogue
    approver: dpo@example.eu
    expires: 2027-06-30
`;

test('the handler accepts the synthesized policy', () => {
  const written = policyOf(`${exception('Prod/Chat')}places:
  - { host: hooks.example.de, country: DE, reason: our own data centre }
boundaries:
  - { stack: Prod, boundary: [DE] }
`);
  const { boundary, declarations } = parseHookPolicy(JSON.stringify(written));
  expect(boundary.name).toBe('eu');
  expect(declarations.exceptions).toEqual([
    {
      rule: 'place-outside',
      stack: 'Prod-Chat',
      value: 'us-east-1',
      reason: 'public catalogue',
      approver: 'dpo@example.eu',
      expires: '2027-06-30',
    },
  ]);
  expect(declarations.places).toEqual([{ host: 'hooks.example.de', country: 'DE', reason: 'our own data centre' }]);
});

test('a policy without declarations has no exceptions', () => {
  expect(hookPolicy(ResidencyBoundary.eu(), ResidencyDeclarations.none()._data)).toEqual({
    boundary: 'eu',
    declarations: { exceptions: [], places: [], boundaries: [] },
  });
});

test('the policy has no path of the machine that synthesized it', () => {
  expect(JSON.stringify(policyOf(exception('Chat')))).not.toContain(folder);
});

test.each([
  ['Chat', 'Chat', true],
  ['Chat', 'Chat-2', false],
  ['Prod/Chat', 'Prod-Chat', true],
  ['Prod/Chat', 'Test-Chat', false],
  ['Prod/*', 'Prod-Chat', true],
  ['Prod/*', 'Prod', false],
  ['**/Chat', 'Chat', true],
  ['**/Chat', 'Prod-Eu-Chat', true],
  ['**/Chat', 'WebChat', false],
  ['Prod/**/Chat', 'Prod-Chat', true],
  ['Prod/**/Chat', 'Prod-Eu-Chat', true],
  ['**/Eu/**/Chat', 'Prod-Eu-Blue-Chat', true],
])('an exception for %s and the stack named %s: %p', (declared, stack, expected) => {
  const { exceptions } = policyOf(exception(declared)).declarations;
  expect(exceptions.some((row) => concerns(row, { stack }))).toBe(expected);
});

test.each([
  ['Prod', 'Prod', 'DE'],
  ['Prod', 'Prod-Chat', 'DE'],
  ['Prod', 'Production', 'eu'],
  ['Prod/Chat', 'Prod-Chat', 'DE'],
  ['Prod/Chat', 'Prod-Chat-NestedKey1X2Y', 'DE'],
  ['Prod/Chat', 'Prod-Web', 'eu'],
])('a boundary for %s and the stack named %s: %s', (declared, stack, expected) => {
  const { declarations } = policyOf(`boundaries:\n  - { stack: ${declared}, boundary: [DE] }\n`);
  expect(boundaryOf(declarations, stack, ResidencyBoundary.eu()).name).toBe(expected);
});
