import { type Block, type GroupOfMonth, releasedBlocks } from '@/lib/runtime/gateway/usage/released';
import { isolated, type Person, populations, sumsOf, type UseWithCaches } from './support/attacker';

const use = (tokens: number, members: number) => ({ tokens, members });

function group(name: string | null, members: number, models: Record<string, readonly [number, number]>): GroupOfMonth {
  const entries = Object.entries(models).map(([model, [tokens, users]]) => [model, use(tokens, users)] as const);
  return { group: name, members, models: new Map(entries) };
}

const short = (blocks: readonly Block[]) =>
  blocks.map(
    ({ group: name, model, tokens, withModels, withGroups }) =>
      `${name}/${model}${withModels ? '+models' : ''}${withGroups ? '+groups' : ''}=${tokens}`,
  );

test.each<[string, readonly GroupOfMonth[], readonly string[]]>([
  ['no use', [], []],
  ['nine members', [group(null, 9, { a: [90, 9] })], []],
  ['ten members', [group(null, 10, { a: [100, 10] })], ['null/a=100']],
  ['a model of one member', [group(null, 12, { a: [100, 12], rare: [7, 1] })], ['null/a+models=107']],
  ['models of few members each, who may be the same', [group('x', 12, { a: [60, 6], b: [60, 6] })], ['x/null=120']],
  [
    'the smallest model of enough members takes in the others',
    [group('x', 40, { a: [400, 40], b: [110, 11], c: [1, 1] })],
    ['x/b+models=111', 'x/a=400'],
  ],
  [
    'two small groups together',
    [group('x', 6, { a: [60, 6] }), group('y', 5, { a: [50, 5] }), group(null, 30, { a: [300, 30] })],
    ['null/a=300', 'null/null=110'],
  ],
  [
    'a group of three, which the smallest other group takes in',
    [group('x', 3, { a: [30, 3] }), group('y', 11, { a: [110, 11], b: [5, 2] }), group('z', 50, { a: [500, 50] })],
    ['y/a+models+groups=145', 'z/a=500'],
  ],
  ['a group without use', [group('x', 0, {}), group('y', 11, { a: [110, 11] })], ['y/a=110']],
])('%s', (_, groups, expected) => expect(short(releasedBlocks(groups, 10))).toEqual(expected));

test('the blocks have every token, unless too few members used anything', () => {
  for (const people of populations(1, 300, { people: 14, months: 1 })) {
    const used = people.flatMap(({ uses }) => uses).reduce((sum, { tokens }) => sum + tokens, 0);
    const blocks = sumsOf(people, 3).filter(({ kind, number }) => kind === 'block' && number === 'tokens');
    const active = people.filter(({ uses }) => uses.length > 0).length;
    const shown = blocks.reduce((sum, { value }) => sum + value, 0);
    expect(shown).toBe(active < 3 ? 0 : used);
  }
});

/** Each set of fewer than three of at most eight people is tried, over two months, three groups that overlap and three models. */
test('no combination of answers isolates fewer people than are shown together', () => {
  for (const people of populations(7, 400, { people: 8, months: 2 })) expect(isolated(people, 3)).toEqual([]);
});

test('a rule that shows every group and model, a total, or caches would be found out', () => {
  const eachAlone = (groups: readonly GroupOfMonth[]): Block[] =>
    groups.flatMap(({ group: name, models }) =>
      [...models].map(([model, { tokens }]) => ({ group: name, model, tokens })),
    );
  // Hides small cells, but adds the total, from which the hidden ones follow.
  const withTotal = (groups: readonly GroupOfMonth[], minimum: number): Block[] => [
    ...eachAlone(groups.filter(({ members }) => members >= minimum)),
    ...eachAlone(groups).map((block) => ({ ...block, group: 'total' })),
  ];
  // The blocks are right, but one member alone may have read from caches.
  const withCaches = (groups: readonly GroupOfMonth[], minimum: number): Block[] =>
    releasedBlocks(groups, minimum).map((block) => {
      const one = groups.find(({ group: name }) => name === block.group)?.models.get(block.model ?? '');
      return { ...block, cached: (one as UseWithCaches | undefined)?.cached ?? 0 };
    });
  const foundOut = (rule: typeof releasedBlocks) =>
    [...populations(7, 60, { people: 8, months: 2 })].some(
      (people: readonly Person[]) => isolated(people, 3, rule).length > 0,
    );
  expect(foundOut(eachAlone)).toBe(true);
  expect(foundOut(withTotal)).toBe(true);
  expect(foundOut(withCaches)).toBe(true);
});
