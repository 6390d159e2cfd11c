import {
  type HandOverPeople,
  obstacleTo,
  peopleOf,
  type RoleHistory,
} from '@/lib/runtime/rights/decisions/hand-over-people';

const REQUESTED = 1_000;

interface Given {
  readonly to: string;
  readonly by: string;
  readonly at: number;
}

/** The history after some people were given roles, in this order. Everyone else has held every role for long. */
function historyOf(given: readonly Given[]): RoleHistory {
  return {
    since: ({ id }) => Math.max(0, ...given.filter(({ to }) => to === id).map(({ at }) => at)),
    givers: (id) => given.filter(({ to }) => to === id).map(({ by }) => by),
  };
}

const people = (requester: string, releaser: string, recipient: string): HandOverPeople => ({
  requester,
  releaser,
  recipient,
});

const obstacle = (three: HandOverPeople, given: readonly Given[] = []) =>
  obstacleTo(peopleOf(three), historyOf(given), REQUESTED);

/** All ways to choose who takes each of the three parts. */
const assignments = (ids: readonly string[]): HandOverPeople[] =>
  ids.flatMap((one) => ids.flatMap((two) => ids.map((three) => people(one, two, three))));

/** All ways in which one person can have some puppets added: by that person, or by a puppet that was added before. */
function chains(count: number): { readonly by: string; readonly to: string }[][] {
  if (count === 0) return [[]];
  const to = `puppet${count}`;
  const before = ['mallory', ...Array.from({ length: count - 1 }, (_, index) => `puppet${index + 1}`)];
  return chains(count - 1).flatMap((chain) => before.map((by) => [...chain, { to, by }]));
}

describe.each([1, 2, 3, 4])('with %i puppets', (count) => {
  const ids = ['mallory', ...Array.from({ length: count }, (_, index) => `puppet${index + 1}`)];

  test.each([
    ['before the request', () => REQUESTED - 1],
    ['after it', () => REQUESTED + 1],
    ['half of them before', (nth: number) => REQUESTED + (nth % 2 === 0 ? 1 : -1)],
  ])('created %s, one person takes all three parts in no way', (_, at) => {
    for (const chain of chains(count)) {
      const given = chain.map((one, nth) => ({ ...one, at: at(nth) }));
      for (const three of assignments(ids)) expect([three, obstacle(three, given)]).not.toContain(undefined);
    }
  });

  test('one person and an accomplice who gave no role take two of the parts at most', () => {
    for (const chain of chains(count)) {
      const given = chain.map((one) => ({ ...one, at: 1 }));
      const read = assignments([...ids, 'honest']).filter((three) => obstacle(three, given) === undefined);
      expect(read).toEqual([]);
    }
  });
});

test('three independent people who held their roles before can', () => {
  expect(obstacle(people('root', 'irma', 'heir'))).toBeUndefined();
  const given = [
    { to: 'root', by: 'first', at: 1 },
    { to: 'irma', by: 'second', at: 2 },
    { to: 'heir', by: 'third', at: REQUESTED - 1 },
    { to: 'ada', by: 'root', at: 3 },
  ];
  expect(obstacle(people('root', 'irma', 'heir'), given)).toBeUndefined();
});

test.each<[string, HandOverPeople, Given[], string]>([
  ['the requester releases', people('root', 'root', 'heir'), [], 'same'],
  ['the recipient releases', people('root', 'heir', 'heir'), [], 'same'],
  ['the requester receives', people('root', 'irma', 'root'), [], 'same'],
  [
    'the releaser was given the role at the time of the request',
    people('root', 'irma', 'heir'),
    [{ to: 'irma', by: 'x', at: REQUESTED }],
    'late',
  ],
  [
    'the recipient was given the role after it',
    people('root', 'irma', 'heir'),
    [{ to: 'heir', by: 'x', at: REQUESTED + 1 }],
    'late',
  ],
  ['the requester added the recipient', people('root', 'irma', 'heir'), [{ to: 'heir', by: 'root', at: 1 }], 'related'],
  [
    'the recipient promoted the releaser',
    people('root', 'irma', 'heir'),
    [{ to: 'irma', by: 'heir', at: 1 }],
    'related',
  ],
  [
    'one person added two of them',
    people('root', 'irma', 'heir'),
    [
      { to: 'irma', by: 'boss', at: 1 },
      { to: 'heir', by: 'boss', at: 2 },
    ],
    'related',
  ],
  [
    'two of them go back to one person through different others',
    people('root', 'irma', 'heir'),
    [
      { to: 'one', by: 'boss', at: 1 },
      { to: 'two', by: 'boss', at: 2 },
      { to: 'irma', by: 'one', at: 3 },
      { to: 'heir', by: 'two', at: 4 },
    ],
    'related',
  ],
  [
    'an earlier promotion counts after a later one by another person',
    people('root', 'irma', 'heir'),
    [
      { to: 'irma', by: 'root', at: 1 },
      { to: 'irma', by: 'other', at: 2 },
    ],
    'related',
  ],
  [
    'people gave each other roles in a circle',
    people('root', 'irma', 'heir'),
    [
      { to: 'root', by: 'irma', at: 1 },
      { to: 'irma', by: 'root', at: 2 },
    ],
    'related',
  ],
])('not when %s', (_, three, given, expected) => {
  expect(obstacle(three, given)).toBe(expected);
});

test.each([undefined, Number.NaN])('a role held since %p isn’t held before the request', (since) => {
  const history = { ...historyOf([]), since: ({ id }: { id: string }) => (id === 'heir' ? since : 1) };
  expect(obstacleTo(peopleOf(people('root', 'irma', 'heir')), history, REQUESTED)).toBe('late');
});
