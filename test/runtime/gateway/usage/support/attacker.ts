import { sumsOfWorkspace } from '@/lib/cli/usage/usage-sums';
import type { ReleasedMonth } from '@/lib/runtime/gateway/usage/read-released';
import { type GroupOfMonth, releasedBlocks, type UseOfModel } from '@/lib/runtime/gateway/usage/released';
import { Random } from '@/test/audit/support/random';

/** One request, with the groups of the member at that time. */
export interface UseOfPerson {
  readonly month: string;
  readonly model: string;
  readonly groups: readonly string[];
  readonly tokens: number;
  /** Of these, the tokens that a cache was read from; few requests have any. */
  readonly cached: number;
}

/** What is counted of a request, and may or may not be shown. */
const COUNTS = ['tokens', 'cached'] as const;

export interface Person {
  readonly uses: readonly UseOfPerson[];
}

/** A number of an answer, as the sum of what it is made of. */
interface Answer {
  readonly kind: 'block' | 'line';
  /** What the answer is about, and which of its numbers it is. */
  readonly of: string;
  readonly number: string;
  readonly value: number;
}

const REPORTED = ['a', 'b', 'c'];
const MODELS = ['fast', 'large', 'rare'];

/** Populations whose members are in several groups, change them, join late and use rare models. */
export function* populations(
  seed: number,
  count: number,
  { people, months }: { readonly people: number; readonly months: number },
): Generator<readonly Person[]> {
  const random = new Random(seed);
  const below = (most: number) => random.below(most);
  for (let n = 0; n < count; n++) {
    yield Array.from({ length: 1 + below(people) }, () => ({
      uses: Array.from({ length: below(5) }, () => ({
        month: `2026-1${below(months)}`,
        model: MODELS[Math.floor(below(9) / 4)] ?? '',
        groups: REPORTED.filter(() => below(2) === 0),
        tokens: 1 + below(1_000),
        cached: below(6) === 0 ? 1 : 0,
      })),
    }));
  }
}

/** A use with what the store doesn't count, for rules that would show it. */
export interface UseWithCaches extends UseOfModel {
  readonly cached: number;
}

/** What the store counts, and caches: each member in the first group of their first request in a month. */
export function counted(people: readonly Person[], month: string): GroupOfMonth[] {
  const groups = new Map<string | null, { members: number; models: Map<string, UseWithCaches> }>();
  for (const { uses } of people) {
    const own = uses.filter((use) => use.month === month);
    if (own.length === 0) continue;
    const group = REPORTED.find((name) => own[0]?.groups.includes(name)) ?? null;
    const counts = groups.get(group) ?? { members: 0, models: new Map() };
    groups.set(group, counts);
    counts.members += 1;
    const seen = new Set<string>();
    for (const { model, tokens, cached } of own) {
      const before = counts.models.get(model) ?? { tokens: 0, cached: 0, members: 0 };
      const members = before.members + (seen.has(model) ? 0 : 1);
      counts.models.set(model, { tokens: before.tokens + tokens, cached: before.cached + cached, members });
      seen.add(model);
    }
  }
  return [...groups].map(([group, counts]) => ({ group, ...counts }));
}

type Rule = typeof releasedBlocks;

const monthsOf = (people: readonly Person[]) => [
  ...new Set(people.flatMap(({ uses }) => uses.map(({ month }) => month))),
];

/** Every number of every block, and of every line of every answer of `usage`. */
export function sumsOf(people: readonly Person[], minimum: number, rule: Rule = releasedBlocks): Answer[] {
  const months: ReleasedMonth[] = monthsOf(people).map((month) => ({
    month,
    blocks: rule(counted(people, month), minimum),
  }));
  const periods = [months, ...months.map((one) => [one])];
  const numbersOf = (kind: Answer['kind'], answer: object, question: unknown): Answer[] => {
    const [numbers, about] = [true, false].map((isNumber) =>
      Object.entries(answer).filter(([, value]) => (typeof value === 'number') === isNumber),
    ) as [[string, number][], [string, unknown][]];
    return numbers.map(([number, value]) => ({ kind, of: JSON.stringify([about, question, number]), number, value }));
  };
  return [
    ...months.flatMap(({ month, blocks }) => blocks.flatMap((block) => numbersOf('block', block, month))),
    ...periods.flatMap((period, at) =>
      (['tenant', 'group', 'model'] as const).flatMap((by) =>
        sumsOfWorkspace('sciences', period, by).flatMap((line) => numbersOf('line', line, [at, by])),
      ),
    ),
  ];
}

/**
 * The sets of fewer than `minimum` people such that some combination of answers is about them alone. Answers are linear in what is counted
 * of each request, so each answer is a row with one column for each count of each request that isn't 0. A combination is about a set alone if it vanishes
 * for everyone else: exactly then, the rows have a smaller rank without the columns of the set.
 */
export function isolated(people: readonly Person[], minimum: number, rule: Rule = releasedBlocks): number[][] {
  const rows = matrix(people, minimum, rule);
  const owners = unknownsOf(people).map(({ person }) => person);
  const whole = rank(rows);
  return subsets(people.length, minimum - 1).filter((set) => {
    const others = rows.map((row) => row.filter((_, column) => !set.includes(owners[column] ?? -1)));
    return rank(others) < whole;
  });
}

/** The counts that someone who combines answers looks for. */
const unknownsOf = (people: readonly Person[]) =>
  people.flatMap(({ uses }, person) =>
    uses.flatMap((use, at) => COUNTS.filter((count) => use[count] > 0).map((count) => ({ person, at, count }))),
  );

/** Finds how much each count of a request adds to each answer, by leaving it alone of all counts, and all else as it is. */
function matrix(people: readonly Person[], minimum: number, rule: Rule): number[][] {
  const unit = ({ person, at, count }: ReturnType<typeof unknownsOf>[number]) =>
    people.map(({ uses }, p) => ({
      uses: uses.map((use, u) => ({ ...use, tokens: 0, cached: 0, ...(p === person && u === at && { [count]: 1 }) })),
    }));
  const columns = unknownsOf(people).map(
    (one) => new Map(sumsOf(unit(one), minimum, rule).map(({ of, value }) => [of, value])),
  );
  return [...(columns[0]?.keys() ?? [])].map((of) => columns.map((column) => column.get(of) ?? 0));
}

/** The rank over the rationals, by elimination. Entries are small whole numbers. */
function rank(matrixOf: readonly (readonly number[])[]): number {
  const rows = matrixOf.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = rows.findIndex((row, at) => at >= found && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    [rows[found], rows[pivot]] = [rows[pivot] as number[], rows[found] as number[]];
    const base = rows[found] as number[];
    for (let at = found + 1; at < rows.length; at++) {
      const row = rows[at] as number[];
      const factor = (row[column] ?? 0) / (base[column] as number);
      if (factor !== 0) for (let n = column; n < row.length; n++) row[n] = (row[n] ?? 0) - factor * (base[n] ?? 0);
    }
    found += 1;
  }
  return found;
}

function subsets(people: number, most: number): number[][] {
  const all: number[][] = [];
  const grow = (set: number[], from: number) => {
    if (set.length > 0) all.push(set);
    if (set.length < most) for (let person = from; person < people; person++) grow([...set, person], person + 1);
  };
  grow([], 0);
  return all;
}
