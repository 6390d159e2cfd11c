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
  const accepted = acceptances(trail);
  return {
    'x-residency-boundary': serving.boundary.name,
    'x-residency-retention': retentionOf(serving),
    ...(destination && {
      'x-residency-region': destination.sourceRegion,
      'x-residency-destination': destination.id,
    }),
    ...(regions.length > 0 && { 'x-residency-may-process': regions.join(',') }),
    ...(accepted.length > 0 && { 'x-residency-accepted': accepted.map(asHeader).join('; ') }),
  };
}

/** Why each place beyond the boundary that may have processed a request was accepted. */
function acceptances({ destination, failedAttempts = [] }: Trail): string[] {
  const own = destination && destination.provider !== 'bedrock' ? destination.accepted : undefined;
  return [...new Set([...failedAttempts.map(({ accepted }) => accepted), own])].filter((text) => text !== undefined);
}

/** A header holds no character beyond ASCII, so an owner's words are percent-encoded where they need it. */
const asHeader = (text: string) =>
  text.replace(/[^\x20-\x7e]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
  );
