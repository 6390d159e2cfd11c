import { sumsOfWorkspace } from '@/lib/cli/usage/usage-sums';
import type { Use } from '@/lib/runtime/gateway/limits/use';
import type { ReleasedMonth } from '@/lib/runtime/gateway/usage/read-released';
import { type GroupOfMonth, releasedBlocks, type UseOfModel } from '@/lib/runtime/gateway/usage/released';
import { Random } from '@/test/audit/support/random';

/** One request, with the groups of the member at that time. */
export interface UseOfPerson {
  readonly month: string;
  readonly model: string;
  readonly groups: readonly string[];
  readonly tokens: number;
}

export interface Person {
  readonly uses: readonly UseOfPerson[];
}

/** An answer, or a part of one, as the sum of what it is made of. */
interface Answer {
  readonly kind: 'block' | 'line';
  /** What the answer is about. */
  readonly of: string;
  readonly tokens: number;
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
      })),
    }));
  }
}

/** What the store counts: each member in the first group of their first request in a month. */
export function counted(people: readonly Person[], month: string): GroupOfMonth[] {
  const groups = new Map<string | null, { members: number; models: Map<string, UseOfModel> }>();
  for (const { uses } of people) {
    const own = uses.filter((use) => use.month === month);
    if (own.length === 0) continue;
    const group = REPORTED.find((name) => own[0]?.groups.includes(name)) ?? null;
    const counts = groups.get(group) ?? { members: 0, models: new Map() };
    groups.set(group, counts);
    counts.members += 1;
    const seen = new Set<string>();
    for (const { model, tokens } of own) {
      const before = counts.models.get(model) ?? { tokens: 0, cached: 0, cacheWrite: 0, members: 0 };
      const members = before.members + (seen.has(model) ? 0 : 1);
      counts.models.set(model, { ...before, tokens: before.tokens + tokens, members });
      seen.add(model);
    }
  }
  return [...groups].map(([group, counts]) => ({ group, ...counts }));
}

type Rule = typeof releasedBlocks;

const monthsOf = (people: readonly Person[]) => [
  ...new Set(people.flatMap(({ uses }) => uses.map(({ month }) => month))),
];

/** Every block, and every line of every answer of `usage`. */
export function sumsOf(people: readonly Person[], minimum: number, rule: Rule = releasedBlocks): Answer[] {
  const months: ReleasedMonth[] = monthsOf(people).map((month) => ({
    month,
    blocks: rule(counted(people, month), minimum),
  }));
  const periods = [months, ...months.map((one) => [one])];
  const named = (kind: Answer['kind'], { tokens, cached, cacheWrite, ...about }: Use, question: unknown): Answer => ({
    kind,
    of: JSON.stringify([about, question]),
    tokens,
  });
  return [
    ...months.flatMap(({ month, blocks }) => blocks.map((block) => named('block', block, month))),
    ...periods.flatMap((period, at) =>
      (['tenant', 'group', 'model'] as const).flatMap((by) =>
        sumsOfWorkspace('sciences', period, by).map((line) => named('line', line, [at, by])),
      ),
    ),
  ];
}

/**
 * The sets of fewer than `minimum` people such that some combination of answers is about them alone. Answers are linear in the tokens of
 * each request, so each answer is a row with one column for each request. A combination is about a set alone if it vanishes
 * for everyone else: exactly then, the rows have a smaller rank without the columns of the set.
 */
export function isolated(people: readonly Person[], minimum: number, rule: Rule = releasedBlocks): number[][] {
  const rows = matrix(people, minimum, rule);
  const owners = people.flatMap(({ uses }, person) => uses.map(() => person));
  const whole = rank(rows);
  return subsets(people.length, minimum - 1).filter((set) => {
    const others = rows.map((row) => row.filter((_, column) => !set.includes(owners[column] ?? -1)));
    return rank(others) < whole;
  });
}

/** Finds how much each request adds to each answer, by taking the request away from its count and leaving all else as it is. */
function matrix(people: readonly Person[], minimum: number, rule: Rule): number[][] {
  const unit = (person: number, at: number) =>
    people.map(({ uses }, p) => ({
      uses: uses.map((use, u) => ({ ...use, tokens: p === person && u === at ? 1 : 0 })),
    }));
  const columns = people.flatMap(({ uses }, person) =>
    uses.map((_, at) => new Map(sumsOf(unit(person, at), minimum, rule).map(({ of, tokens }) => [of, tokens]))),
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
