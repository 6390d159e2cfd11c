import { findRegion } from '../../facts/region';

/** KMS's names of a service in a Region. AWS doesn't document which suffix a sovereign partition uses. */
export function viaServiceNames(service: string, region: string): string[] {
  const suffixes = new Set(['amazonaws.com', findRegion(region)?.dnsSuffix ?? 'amazonaws.com']);
  return [...suffixes].map((suffix) => `${service}.${region}.${suffix}`);
}
