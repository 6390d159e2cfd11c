import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { Decision, Place } from '@/lib/boundary/decision';

const REGIONS = ResidencyBoundary.eu().regionCodes('aws').join(', ');

export type Told = Decision | { readonly inside: true };

/**
 * A decision in one line: the reason, the kind and location of the place, and the detail. The lists that change with the facts are left
 * out: the commercial Regions of the EU, the dates of rows, and the models to use instead.
 */
export function told(decision: Told): string {
  const place = 'place' in decision ? placeText(decision.place) : '';
  if (!('reason' in decision)) return `inside${place}`;
  const detail = decision.detail
    .replace(REGIONS, 'REGIONS')
    .replace(/as of \d{4}-\d\d(-\d\d)?/, 'as of DATE')
    .replace(/models and profiles that stay inside the boundary from (\S+) include \S+, \S+, \S+$/, 'INSTEAD from $1');
  return `${decision.reason}${place}: ${detail}`;
}

const placeText = ({ kind, region, country }: Place) =>
  ` (${[kind, region, country].filter((part) => part !== undefined).join(' ')})`;
