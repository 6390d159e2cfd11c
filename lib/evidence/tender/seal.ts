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
    const known = own.filter(({ seal }) => seal !== undefined);
    const atMost = Math.min(HIGHEST, ...known.map(({ seal = HIGHEST }) => seal));
    return {
      objective,
      atMost,
      because: known.filter(({ seal }) => seal === atMost && atMost < HIGHEST).map(({ criterion }) => criterion),
      atMostInSovereign: Math.min(HIGHEST, ...known.map(({ seal = HIGHEST, sovereignSeal }) => sovereignSeal ?? seal)),
      open: own.filter(({ seal }) => seal === undefined).map(({ criterion }) => criterion),
    };
  });
}

const objectiveOf = (criterion: string): string => criterion.split('.')[0] ?? criterion;
