import { edited, linesOf } from './support';

const withBackground = (retention: string) =>
  linesOf(edited('    retention: 365d\n', `    retention: ${retention}\n    background: {}\n`));

test.each(['2d', '365d', 'until-deleted'])('jobs are accepted with a retention of %s', (retention) => {
  expect(withBackground(retention)).toEqual([]);
});

test('jobs are refused with a retention that ends while one runs', () => {
  expect(withBackground('1d')).toEqual([
    "residency.yaml:13:5: workspaces[0].background: needs a 'retention' of at least 2d, because a job may take 24 hours, found '1d'; raise it, or remove 'background'",
  ]);
});
