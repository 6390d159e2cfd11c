import {
  labelTokensOf,
  monthOfGroup,
  monthOfMember,
  monthOfMemberKey,
  monthOfTenant,
  requestsOf,
  runningOf,
  tokensOf,
  wholeCourse,
} from '@/lib/runtime/gateway/limits/windows';

const MINUTE = 60_000;
const at = new Date('2026-11-24T10:31:30Z');
const next = new Date(at.getTime() + 15 * MINUTE);

test('running requests are counted in the window of their arrival and the one before', () => {
  const { own, before } = runningOf('t', at);
  expect([own.name, before.name]).toEqual(['running#2026-11-24T10:30', 'running#2026-11-24T10:15']);
  expect(runningOf('t', next).before).toEqual(own);
});

test('a request in the same windows as the one before writes no time', () => {
  const counted = () => [
    requestsOf('t', at),
    runningOf('t', at),
    tokensOf('t', at),
    monthOfTenant('t', at),
    labelTokensOf('t', at, 'x'),
  ];
  const former = counted();
  const write = jest.spyOn(Date.prototype, 'toISOString');
  try {
    expect(counted()).toEqual(former);
    expect(write).not.toHaveBeenCalled();
  } finally {
    write.mockRestore();
  }
});

test.each([
  ['2026-11-30T23:59:59.999Z', 'month#2026-11', '2026-12-01', '2027-03-03'],
  ['2026-12-01T00:00:00.000Z', 'month#2026-12', '2027-01-01', '2027-04-03'],
  ['2028-02-29T12:00:00.000Z', 'month#2028-02', '2028-03-01', '2028-06-01'],
  ['2026-11-01T00:00:00.000Z', 'month#2026-11', '2026-12-01', '2027-03-03'],
])('the month of %s is one of the calendar in UTC, and is stored for a quarter after it', (time, name, end, forget) => {
  expect(monthOfTenant('bot', new Date(time))).toEqual({
    counter: { tenant: 'bot', name, forget: new Date(`${forget}T00:00:00Z`) },
    end: new Date(`${end}T00:00:00Z`),
  });
});

test('what is counted for a budget alone is forgotten two days after the month, and 31 days after the course', () => {
  const course = { id: 'algebra', end: new Date('2027-03-01T00:00:00Z') };
  const forgotten = ({ counter }: { readonly counter: { readonly forget: Date } }) => counter.forget.toISOString();
  const months = [monthOfMember('t', at, 'ada'), monthOfMemberKey('t', at, 'ada', 'key_1'), monthOfGroup('t', at, 'a')];
  expect(months.map(forgotten)).toEqual(months.map(() => '2026-12-03T00:00:00.000Z'));
  const courses = [wholeCourse('t', course), wholeCourse('t', course, 'ada')];
  expect(courses.map(forgotten)).toEqual(courses.map(() => '2027-04-01T00:00:00.000Z'));
});
