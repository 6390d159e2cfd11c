import { parametersPolicy } from '@/lib/runtime/hook-template/parameters-policy';

const DECLARATIONS = `exceptions:
  - rule: place-outside
    stack: Prod/Chat
    reason: public catalogue
    approver: dpo@example.eu
    expires: 2027-06-30
boundaries:
  - { stack: legal-*, boundary: [DE] }
`;

const policyOf = (boundary: string | undefined, declarations = '', region = 'eu-central-1') =>
  parametersPolicy({ HOOK_BOUNDARY: boundary, HOOK_DECLARATIONS: declarations }, region);

test('the parameters become the policy that the construct writes, with stacks by their names', () => {
  const { boundary, declarations } = policyOf('DE,FR', DECLARATIONS);
  expect(boundary.name).toBe('DE,FR');
  expect(declarations.exceptions.map(({ rule, stack }) => [rule, stack])).toEqual([['place-outside', 'Prod-Chat']]);
  expect(declarations.boundaries.map(({ stack }) => stack)).toEqual(['legal-*', 'legal-*-*']);
});

test.each(['', '  \n'])('declarations %j declare nothing', (text) => {
  expect(policyOf('eu', text).declarations).toEqual({ exceptions: [], places: [], boundaries: [] });
});

// biome-ignore format: one row a line
test.each<[string, Parameters<typeof policyOf>, string]>([
  ['no boundary', [undefined], "the parameter 'Boundary' of the hook's stack names no boundary; use eu, eea or countries"],
  ['an unknown boundary', ['Atlantis'], "the parameter 'Boundary' of the hook's stack names no boundary"],
  ['a Region outside the boundary', ['DE', '', 'eu-west-1'], "the hook's Region is outside its boundary; delete its stack in this Region"],
  ['declarations with unknown keys', ['eu', 'exceptions:\n  - { rule: place-outside, stack: a, logicalID: Atlantis, reason: b, approver: c, expires: 2027-01-01 }\nAtlantis: 1\n'], "the parameter 'Declarations' of the hook's stack has 2 mistakes, in line 2, 3; 'eu-residency check --exceptions FILE' explains each"],
  ['declarations that are no YAML', ['eu', 'exceptions: [\n'], "the parameter 'Declarations' of the hook's stack has 1 mistake, in line"],
])('%s is refused, without a word of the parameter', (_, args, message) => {
  const refusal = (() => {
    try {
      return policyOf(...args);
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toMatchObject({ name: 'HookError', failure: 'policy', message: expect.stringContaining(message) });
  expect((refusal as Error).message).not.toMatch(/Atlantis|logicalID/);
});
