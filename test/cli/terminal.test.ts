import { Progress } from '@/lib/cli/shared/progress';
import { usesColour } from '@/lib/guard/report/paint';
import { terminalWidth } from '@/lib/guard/report/terminal-width';

test.each<[boolean, NodeJS.ProcessEnv, boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('a terminal: %o with %j is coloured: %o', (isTTY, env, coloured) => {
  expect(usesColour({ isTTY }, env)).toBe(coloured);
});

test.each<[string, { isTTY?: boolean; columns?: number }, NodeJS.ProcessEnv, number | undefined]>([
  ['a terminal', { isTTY: true, columns: 132 }, {}, 132],
  ['a terminal that is narrower than tables are', { isTTY: true, columns: 60 }, {}, 80],
  ['a terminal that names no width', { isTTY: true }, {}, undefined],
  ['a terminal of no columns', { isTTY: true, columns: 0 }, {}, undefined],
  ['a pipe', { columns: 132 }, {}, undefined],
  ['COLUMNS on a terminal', { isTTY: true, columns: 132 }, { COLUMNS: '100' }, 100],
  ['COLUMNS for a pipe', {}, { COLUMNS: '160' }, 160],
  ['COLUMNS that is no number', { isTTY: true, columns: 132 }, { COLUMNS: 'wide' }, 132],
  ['COLUMNS of zero', {}, { COLUMNS: '0' }, undefined],
])('the width of %s', (_, stream, env, width) => {
  expect(terminalWidth(stream, env)).toBe(width);
});

describe('the progress line', () => {
  const run = (isTTY: boolean, milliseconds: number) => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const write = jest.fn();
    const progress = new Progress({ isTTY, write });
    clock.mockReturnValue(milliseconds);
    progress.update(3, 9);
    progress.update(4, 9);
    progress.end();
    clock.mockRestore();
    return write.mock.calls.flat();
  };

  test('tells how far a long run is, and is wiped', () => {
    expect(run(true, 700)).toEqual(['\r\u001b[K3 of 9 templates checked', '\r\u001b[K']);
  });

  test.each([
    ['a short run', true, 300],
    ['no terminal', false, 700],
  ])('is silent with %s', (_, isTTY, milliseconds) => {
    expect(run(isTTY, milliseconds)).toEqual([]);
  });
});
