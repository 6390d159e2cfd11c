import type { Trail } from './request-log';
import type { Serving } from './serving';

/**
 * What every answer says of where it was made and what is kept of it.
 *
 * `not-stored` is a promise: no destination of this deployment keeps content, and neither does the gateway. A workspace
 * keeps content by design, and its models' providers weren't asked to keep nothing.
 *
 * The Regions that may have processed a request include those of attempts that failed: each was sent the request.
 */
export function residencyHeaders(
  serving: Serving,
  { destination, failedAttempts = [] }: Trail,
): Record<string, string> {
  const mayProcess = [...failedAttempts.flatMap((attempt) => attempt.mayProcess), ...(destination?.regions ?? [])];
  return {
    'x-residency-boundary': serving.boundary.name,
    'x-residency-retention': serving.keepsContent ? 'may-be-stored-inside' : 'not-stored',
    ...(destination && {
      'x-residency-region': destination.sourceRegion,
      'x-residency-destination': destination.id,
    }),
    ...(mayProcess.length > 0 && { 'x-residency-may-process': [...new Set(mayProcess)].sort().join(',') }),
  };
}
