import { Progress } from '@/lib/cli/shared/progress';
import { usesColour } from '@/lib/guard/report/paint';

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

describe('the progress line', () => {
  const run = (isTTY: boolean, milliseconds: number) => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const write = jest.fn();
    const progress = new Progress({ isTTY, write });
    clock.mockReturnValue(milliseconds);
    progress.tell(3, 9);
    progress.tell(4, 9);
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
