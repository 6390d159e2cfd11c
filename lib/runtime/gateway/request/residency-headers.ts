import { retentionOf } from '../policy/kept';
import type { Serving } from '../policy/serving';
import { mayProcess, type Trail } from './trail';

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
