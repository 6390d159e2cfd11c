import { z } from 'zod';
import { EEA_EXTRA_COUNTRIES, EU_COUNTRIES } from '../../facts/generated/countries';
import { REGIONS } from '../../facts/generated/regions';
import { isReliable } from '../../facts/reliance';

/** The countries that a boundary may contain. */
export const BOUNDARY_COUNTRIES: readonly string[] = [...EU_COUNTRIES, ...EEA_EXTRA_COUNTRIES].sort();

/** The Regions that a boundary may contain, and so every Region that can be inside one. */
export const BOUNDARY_REGIONS: readonly string[] = REGIONS.filter((region) => region.eea && isReliable(region))
  .map((region) => region.code)
  .sort();

/** A boundary, as a file writes it. */
export const boundarySchema = z.union([
  z.enum(['eu', 'eea']).describe('`eu`: the 27 member states; `eea`: with Iceland, Liechtenstein and Norway.'),
  z.array(z.enum(BOUNDARY_COUNTRIES)).min(1).meta({ uniqueItems: true }).describe('Only these countries.'),
  z.array(z.enum(BOUNDARY_REGIONS)).min(1).meta({ uniqueItems: true }).describe('Only these Regions.'),
]);
