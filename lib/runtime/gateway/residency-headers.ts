import { mayProcess, type Trail } from './residency-record';
import type { Serving } from './serving';

/**
 * What is kept of content. `not-stored` is a promise: no destination of this deployment keeps content, and neither does the
 * gateway. A workspace keeps content by design, and its models' providers weren't asked to keep nothing.
 */
export type Retention = 'not-stored' | 'may-be-stored-inside';

/** What is kept of the content of a deployment's requests. */
export const retentionOf = (serving: Serving): Retention =>
  serving.keepsContent ? 'may-be-stored-inside' : 'not-stored';

/**
 * What every answer says of where it was made and what is kept of it. The Regions that may have processed a request include
 * those of attempts that failed: each was sent the request.
 */
export function residencyHeaders(serving: Serving, trail: Trail): Record<string, string> {
  const { destination } = trail;
  const regions = mayProcess(trail);
  return {
    'x-residency-boundary': serving.boundary.name,
    'x-residency-retention': retentionOf(serving),
    ...(destination && {
      'x-residency-region': destination.sourceRegion,
      'x-residency-destination': destination.id,
    }),
    ...(regions.length > 0 && { 'x-residency-may-process': regions.join(',') }),
  };
}
