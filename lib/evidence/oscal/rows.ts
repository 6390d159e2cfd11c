import { CRITERIA } from '../core/criteria';
import type { EvidenceRow, EvidenceStatus } from '../core/evidence';

/** What a criterion asks: a rule's is on its page. */
export function meaningOf(criterion: string): string {
  const check = /^live\.(.+)$/.exec(criterion)?.[1];
  return (
    CRITERIA[criterion] ??
    (check === undefined
      ? `The guard's rule ${criterion} finds nothing.`
      : `In the account, the check '${check.replaceAll('-', ' ')}' of the command doctor passes.`)
  );
}

/** The gravest status of rows. */
export const worstOf = (rows: readonly EvidenceRow[]): EvidenceStatus =>
  ORDER.find((status) => rows.some((row) => row.status === status)) ?? 'ok';

const ORDER: readonly EvidenceStatus[] = ['failed', 'unknown', 'attention'];
