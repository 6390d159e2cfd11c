import { counted } from '../../guard/report/report';
import { accessTo } from '../../report/access/access-to-keys';
import type { KeyAccess } from '../../report/access/key-access';
import { constructPath } from '../../report/construct-path';
import { ENFORCED, NOTHING } from '../../report/inventory-line';
import { type EvidenceContext, pointerTo } from './context';
import type { EvidencePointer, KeyRow } from './evidence';
import { placeVerdict } from './place';
import { idOf, rowOf, statedOf, type Verdict } from './row';

/** The keys, and the principals that can read what is under each. */
export function keyRows(context: EvidenceContext): KeyRow[] {
  return accessTo(context.templates).keys.map((access) => {
    const { stack, key, region, protects, entries, denied, unknown } = access;
    const regions = region.split(', ');
    const places = regions.map((one) => placeVerdict('key.place', one, stack ?? '', context));
    const stated = statedOf([accessVerdict(access), ...places]);
    return {
      ...rowOf(idOf('key', stack ?? '', key, region), stated, pointerOf(access, context), context),
      ...(stack !== undefined && { stack }),
      key,
      region,
      protects,
      principals: entries,
      denied,
      unknown,
    };
  });
}

function accessVerdict({ entries, unknown }: KeyAccess): Verdict {
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
  return {
    criterion,
    status: 'ok',
    reason: `By the policies, ${counted(readers.size, 'principal')} can decrypt, and no other.`,
    basis: ENFORCED,
  };
}

function pointerOf({ stack, key }: KeyAccess, context: EvidenceContext): EvidencePointer {
  const placed = context.assembly.resources.find(
    (one) => one.stack === stack && one.resource.type.startsWith('AWS::KMS::') && constructPath(one.resource) === key,
  );
  return placed === undefined ? {} : pointerTo(placed, context);
}
