import { findRegion } from '../../facts/region';
import { boundaryOf } from '../shared/boundary-of';
import { UsageError } from '../shared/usage-error';
import type { AuditOptions } from './join/audit-bundle';
import { readDays } from './shared/days';
import { readGivenKeys } from './trail/given-keys';

/** The options that replace what a bundle states, of `audit` and `audit verify`. */
export const AUDIT_OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  boundary: { type: 'string' },
  'trail-keys': { type: 'string', multiple: true },
  'not-enabled': { type: 'string' },
} as const;

interface Values {
  readonly from?: string;
  readonly to?: string;
  readonly boundary?: string;
  readonly 'trail-keys'?: readonly string[];
  readonly 'not-enabled'?: string;
}

/**
 * Reads these options.
 *
 * @throws UsageError if a value is refused
 */
export function readAuditOptions(values: Values): Omit<AuditOptions, 'key'> {
  const { from, to, boundary, 'trail-keys': files, 'not-enabled': regions } = values;
  return {
    ...readDays({ from, to }),
    ...(boundary !== undefined && { boundary: boundaryOf(boundary) }),
    ...(files !== undefined && { trailKeys: readGivenKeys(files) }),
    ...(regions !== undefined && { notEnabled: regions.split(',').map(optInRegion) }),
  };
}

function optInRegion(region: string): string {
  if (findRegion(region)?.optIn) return region;
  throw new UsageError(
    '--not-enabled: a value is no Region that an account must enable; name Regions such as eu-south-1, separated by commas',
  );
}
