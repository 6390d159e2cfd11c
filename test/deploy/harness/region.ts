import { findRegion } from '@/lib/facts/region';
import type { RegionFact } from '@/lib/facts/types';

/** The facts of a Region. */
export function regionOf(code: string): RegionFact {
  const found = findRegion(code);
  if (found === undefined) throw new Error(`the facts list no Region ${code}`);
  return found;
}
