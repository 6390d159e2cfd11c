import { setTimeout as wait } from 'node:timers/promises';
import { retryChange } from '@/lib/runtime/workspace/store/retry-change';
import { Conflict, type ContentTable } from '@/lib/runtime/workspace/store/table';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

test('a change that keeps losing to others is refused once ten seconds have passed', async () => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.mocked(wait).mockImplementation(async (ms = 0) => {
    now += ms;
  });
  const table = { transact: () => Promise.reject(new Conflict([])) } as unknown as ContentTable;
  const refused = retryChange(table, async () => ({ writes: [], result: 0 }));
  await expect(refused).rejects.toMatchObject({ status: 409, code: 'conversation_locked' });
  expect(now).toBeGreaterThanOrEqual(10_000);
  // The last pause may end later.
  expect(now).toBeLessThan(11_600);
});
