import { REGIONS } from './generated/regions';
import type { RegionFact } from './types';

const BY_CODE = new Map(REGIONS.map((region) => [region.code, region]));

/** The Region with exactly this code; none for an unknown code. */
export function findRegion(code: string): RegionFact | undefined {
  return BY_CODE.get(code);
}
