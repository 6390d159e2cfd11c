import { simulate } from './simulate';

jest.setTimeout(600_000);

const SHORT = { days: 13, members: 6, isBusy: true, hasJobs: true, isVerbose: true };

test('a seed keeps every promise and prints the same bytes each time, and another seed prints others', async () => {
  const first = await simulate({ ...SHORT, seed: 1 });
  expect([first.status, first.output.slice(-2_000)]).toEqual([0, expect.stringMatching(/digest [0-9a-f]{64}\n$/)]);
  const again = await simulate({ ...SHORT, seed: 1 });
  expect(again.output).toBe(first.output);
  const other = await simulate({ ...SHORT, seed: 2 });
  expect(other.status).toBe(0);
  expect(other.output).not.toBe(first.output);
});

test('a planted mistake is found, and the output says how to replay that', async () => {
  const planted = {
    file: 'lib/runtime/workspace/store/table.ts',
    find: 'more: rows.length > query.limit }',
    replace: 'more: rows.length > query.limit + 1 }',
  };
  const { status, output } = await simulate({ ...SHORT, seed: 2 }, planted);
  expect(status).toBe(1);
  // The row that is on no page may be of any member, and of one on hold.
  const promise = '(every read returns what was written|nothing under hold is lost)';
  expect(output).toMatch(new RegExp(`\\nseed 2, day \\d+: ${promise}\\n {2}expected .+\\n {2}found .+\\n`));
  expect(output).toMatch(/\nreplay: npm run test:sim -- --seed 2 --days 13 --members 6 --busy\n$/);
});
