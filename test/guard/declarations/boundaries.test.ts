import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { boundaryOf, joined, NO_DECLARATIONS } from '@/lib/guard/declarations/declarations';

const declarations = {
  ...NO_DECLARATIONS,
  boundaries: [
    { stack: 'Germany-*', boundary: 'DE' },
    { stack: '**/Nordic', boundary: 'eea' },
    { stack: 'Germany-Chat', boundary: 'eea' },
  ],
};
const chosen = (stack: string) => boundaryOf(declarations, stack, ResidencyBoundary.eu()).name;

test.each([
  ['Germany-Chat', 'DE'],
  ['Germany-Prod/Chat', 'DE'],
  ['Germany-Prod/Chat/Nested', 'DE'],
  ['Prod/Germany-Chat', 'eu'],
  ['Prod/Nordic', 'eea'],
  ['Nordic', 'eea'],
  ['NordicToo', 'eu'],
  ['', 'eu'],
])('%s is checked against %s', (stack, name) => {
  expect(chosen(stack)).toBe(name);
});

test('each stack is checked against its own boundary', () => {
  const input = (stack: string) => ({
    file: `${stack}.json`,
    stack,
    group: 'g',
    deployRegion: 'eu-west-3',
    template: { Resources: {} },
  });
  const { findings } = checkInputs(
    { templates: [input('Germany-Chat'), input('Chat')], unreadable: [] },
    { boundary: ResidencyBoundary.eu(), deployRegions: [], declarations },
  );
  expect(findings.map(({ stack, rule }) => `${stack} ${rule}`)).toEqual(['Germany-Chat stack-region']);
});

test('the declarations of several files apply in the order of the files', () => {
  const other = { ...NO_DECLARATIONS, boundaries: [{ stack: 'Germany-*', boundary: 'eu' }] };
  expect(joined([declarations, other]).boundaries[0]?.boundary).toBe('DE');
  expect(joined([other, declarations]).boundaries[0]?.boundary).toBe('eu');
});
