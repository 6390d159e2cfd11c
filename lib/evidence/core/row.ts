import type { Basis } from '../../report/inventory-line';
import type { EvidenceContext } from './context';
import type { Evidence, EvidenceRow, EvidenceStatus } from './evidence';

/** The result of one criterion. */
export interface Verdict {
  readonly criterion: string;
  readonly status: EvidenceStatus;
  readonly reason: string;
  /** @default - there is nothing to do */
  readonly remedy?: string;
  readonly basis: Basis;
}

/** The verdict that a row states: the first that isn't ok, in the order given, and the first of all if every one is. */
export function statedOf(verdicts: readonly [Verdict, ...(Verdict | undefined)[]]): Verdict {
  const given = verdicts.filter((verdict) => verdict !== undefined);
  const worst = (status: EvidenceStatus) => given.find((verdict) => verdict.status === status);
  return worst('failed') ?? worst('unknown') ?? worst('attention') ?? verdicts[0];
}

/** What every row states, from a verdict. */
export function rowOf(
  id: string,
  { remedy = '', ...verdict }: Verdict,
  pointer: EvidenceRow['pointer'],
  { date }: Pick<EvidenceContext, 'date'>,
): EvidenceRow {
  const { basis } = verdict;
  return { id, ...verdict, remedy, pointer, date: basis.kind === 'claimed' ? basis.asOf : date };
}

/** The parts of an ID in one text. */
export const idOf = (...parts: readonly string[]): string => parts.join(':');

/** Rows with the same ID are numbered, so that each is unique. */
export function withUniqueIds<T extends EvidenceRow>(rows: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const count = (seen.get(row.id) ?? 0) + 1;
    seen.set(row.id, count);
    return count === 1 ? row : { ...row, id: `${row.id}#${count}` };
  });
}

/** The rows of all sections. */
export function allRows(evidence: Omit<Evidence, 'format' | 'head'>): EvidenceRow[] {
  const {
    regions,
    tenants,
    stores,
    keys,
    models,
    flows,
    exceptions,
    findings,
    alarms,
    live = [],
    drills = [],
  } = evidence;
  return [regions, tenants, stores, keys, models, flows, exceptions, findings, alarms, live, drills].flat();
}
