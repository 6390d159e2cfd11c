import { requestsOf, runningOf, tokensOf } from '@/lib/runtime/gateway/limits/windows';

const MINUTE = 60_000;
const at = new Date('2026-11-24T10:31:30Z');
const next = new Date(at.getTime() + 15 * MINUTE);

test('running requests are counted in the window of their arrival and the one before', () => {
  const { own, before } = runningOf('t', at);
  expect([own.name, before.name]).toEqual(['running#2026-11-24T10:30', 'running#2026-11-24T10:15']);
  expect(runningOf('t', next).before).toEqual(own);
});

test('a request in the same windows as the one before writes no time', () => {
  const counted = () => [requestsOf('t', at), runningOf('t', at), tokensOf('t', at)];
  const former = counted();
  const write = jest.spyOn(Date.prototype, 'toISOString');
  try {
    expect(counted()).toEqual(former);
    expect(write).not.toHaveBeenCalled();
  } finally {
    write.mockRestore();
  }
});
