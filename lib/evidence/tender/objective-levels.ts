import type { TenderRow } from './annex';

/** The level that an objective of the Cloud Sovereignty Framework reaches at most, and the criteria that limit it. */
export interface ObjectiveLevel {
  readonly objective: string;
  readonly atMost: number;
  readonly because: readonly string[];
  /** The same in the partition `aws-eusc`. */
  readonly atMostInSovereign: number;
  /** Criteria whose level the bidder or AWS has to state. They can only lower it. */
  readonly open: readonly string[];
}

const HIGHEST = 4;

/** The lowest level of each objective's criteria. */
export function objectiveLevels(rows: readonly TenderRow[]): ObjectiveLevel[] {
  const objectives = [...new Set(rows.map(({ criterion }) => objectiveOf(criterion)))];
  return objectives.map((objective) => {
    const own = rows.filter(({ criterion }) => objectiveOf(criterion) === objective);
    const known = own.filter(({ level }) => level !== undefined);
    const atMost = Math.min(HIGHEST, ...known.map(({ level = HIGHEST }) => level));
    return {
      objective,
      atMost,
      because: known.filter(({ level }) => level === atMost && atMost < HIGHEST).map(({ criterion }) => criterion),
      atMostInSovereign: Math.min(
        HIGHEST,
        ...known.map(({ level = HIGHEST, sovereignLevel }) => sovereignLevel ?? level),
      ),
      open: own.filter(({ level }) => level === undefined).map(({ criterion }) => criterion),
    };
  });
}

const objectiveOf = (criterion: string): string => criterion.split('.')[0] ?? criterion;
