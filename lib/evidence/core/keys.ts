import { accessTo } from '../../report/access/access-to-keys';
import type { Placed } from '../../report/access/assembly';
import type { KeyAccess } from '../../report/access/key-access';
import { constructPath } from '../../report/construct-path';
import { type EvidenceContext, pointerTo } from './context';
import type { EvidencePointer, KeyRow } from './evidence';
import { accessVerdict } from './key-verdict';
import { placeVerdict } from './place';
import { idOf, rowOf, statedOf } from './row';

/** The keys, and the principals that can read what is under each. */
export function keyRows(context: EvidenceContext): KeyRow[] {
  const ofKms = context.assembly.resources.filter(({ resource }) => resource.type.startsWith('AWS::KMS::'));
  return accessTo(context.templates).keys.map((access) => {
    const { stack, key, region, protects, entries, denied, unknown } = access;
    const regions = region.split(', ');
    const places = regions.map((one) => placeVerdict('key.place', one, stack ?? '', context));
    const stated = statedOf([accessVerdict(access), ...places]);
    return {
      ...rowOf(idOf('key', stack ?? '', key, region), stated, pointerOf(access, ofKms, context), context),
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

function pointerOf({ stack, key }: KeyAccess, ofKms: readonly Placed[], context: EvidenceContext): EvidencePointer {
  const placed = ofKms.find((one) => one.stack === stack && constructPath(one.resource) === key);
  return placed === undefined ? {} : pointerTo(placed, context);
}
