import type { TenderRow } from './annex';

/** The level that an objective of the Cloud Sovereignty Framework reaches at most, and the criteria that limit it. */
export interface ObjectiveLevel {
  readonly objective: string;
  readonly atMost: number;
  readonly because: readonly string[];
  /** The same in the partition `aws-eusc`. */
  readonly atMostInSovereign: number;
  readonly becauseInSovereign: readonly string[];
  /** Criteria whose level the bidder or AWS has to state. They can only lower it. */
  readonly open: readonly string[];
}

const HIGHEST = 4;

/** The lowest level of each objective's criteria. */
export function objectiveLevels(rows: readonly TenderRow[]): ObjectiveLevel[] {
  const objectives = [...new Set(rows.map(({ criterion }) => objectiveOf(criterion)))];
  return objectives.map((objective) => {
    const own = rows.filter(({ criterion }) => objectiveOf(criterion) === objective);
    const [atMost, because] = lowest(own, ({ level }) => level);
    const [atMostInSovereign, becauseInSovereign] = lowest(own, ({ level, sovereignLevel }) => sovereignLevel ?? level);
    return {
      objective,
      atMost,
      because,
      atMostInSovereign,
      becauseInSovereign,
      open: own.filter(({ level }) => level === undefined).map(({ criterion }) => criterion),
    };
  });
}

/** The lowest level of some criteria, and which have it, unless it is the highest there is. */
function lowest(rows: readonly TenderRow[], levelOf: (row: TenderRow) => number | undefined): [number, string[]] {
  const atMost = Math.min(HIGHEST, ...rows.map((row) => levelOf(row) ?? HIGHEST));
  const limits = rows.filter((row) => levelOf(row) === atMost && atMost < HIGHEST);
  return [atMost, limits.map(({ criterion }) => criterion)];
}

const objectiveOf = (criterion: string): string => criterion.split('.')[0] ?? criterion;
