import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { REGIONS } from '@/lib/facts/generated/regions';

/** The Region of the sovereign partition. */
export const SOVEREIGN = 'eusc-de-east-1';

/** Every Region of AWS's general partition that is inside the boundary `eu`. */
export const EU_REGIONS: readonly string[] = REGIONS.map(({ code }) => code).filter(
  (code) => code !== SOVEREIGN && ResidencyBoundary.eu().containsRegion(code),
);
