import { CRITERIA } from '../core/criteria';
import type { Evidence, EvidenceRow, EvidenceStatus } from '../core/evidence';

/** The rows of all sections. */
export const rowsOf = (evidence: Evidence): EvidenceRow[] => {
  const { regions, tenants, stores, keys, models, flows, exceptions, findings, alarms, live = [] } = evidence;
  return [regions, tenants, stores, keys, models, flows, exceptions, findings, alarms, live].flat();
};

/** What a criterion asks: a rule's is on its page. */
export const meaningOf = (criterion: string): string =>
  CRITERIA[criterion] ?? `The guard's rule ${criterion} finds nothing.`;

/** The gravest status of rows. */
export const worstOf = (rows: readonly EvidenceRow[]): EvidenceStatus =>
  ORDER.find((status) => rows.some((row) => row.status === status)) ?? 'ok';

const ORDER: readonly EvidenceStatus[] = ['failed', 'unknown', 'attention'];
