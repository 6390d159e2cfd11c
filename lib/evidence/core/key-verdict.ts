import { counted } from '../../guard/report/report';
import type { KeyAccess } from '../../report/access/key-access';
import { ENFORCED, NOTHING } from '../../report/inventory-line';
import type { Verdict } from './row';

/** Whether every principal that can decrypt with a key is known. */
export function accessVerdict({ entries, unknown }: KeyAccess): Verdict {
  const criterion = 'key.access';
  if (unknown.length > 0) {
    return {
      criterion,
      status: 'unknown',
      reason: `More principals may be able to decrypt: ${unknown.join('; ')}.`,
      remedy: 'Name each principal in the policy of the key, and leave nothing to IAM.',
      basis: NOTHING,
    };
  }
  const isOpen = entries.some(
    ({ kind, can, through, context, conditions }) =>
      kind === 'anybody' && can === 'decrypt' && through.length + conditions.length + Object.keys(context).length === 0,
  );
  if (isOpen) {
    return {
      criterion,
      status: 'failed',
      reason: 'Its policy lets every principal decrypt, without a condition.',
      remedy: 'Name the principals that need the key in its policy.',
      basis: ENFORCED,
    };
  }
  const readers = new Set(entries.filter(({ can }) => can === 'decrypt').map(({ who }) => who));
  const count =
    readers.size === 0 ? 'no principal can decrypt' : `${counted(readers.size, 'principal')} can decrypt, and no other`;
  return { criterion, status: 'ok', reason: `By the policies, ${count}.`, basis: ENFORCED };
}
