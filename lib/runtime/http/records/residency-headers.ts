import type { ApiPolicy } from './api-policy';
import { apiOf } from './destination-api';
import { mayProcess, type RequestLog } from './request-log';
import { retentionOf } from './retention';

/**
 * The headers by which every answer states where it was made and what is retained of it. The Regions that may have processed a
 * request include those of failed attempts, because each of them received the request.
 */
export function residencyHeaders(policy: ApiPolicy, log: RequestLog): Record<string, string> {
  const { destination } = log;
  const api = destination && apiOf(destination);
  const regions = mayProcess(log);
  const accepted = acceptances(log);
  return {
    'x-residency-boundary': policy.boundary.name,
    'x-residency-retention': retentionOf(policy),
    ...(destination && {
      'x-residency-region': destination.sourceRegion,
      'x-residency-destination': destination.id,
    }),
    ...(api && { 'x-residency-api': api }),
    ...(regions.length > 0 && { 'x-residency-may-process': regions.join(',') }),
    ...(log.ignored && { 'x-residency-ignored': log.ignored.join(', ') }),
    ...(accepted.length > 0 && { 'x-residency-accepted': accepted.map(asHeader).join('; ') }),
  };
}

/** The declared reason for each place outside the boundary that may have processed the request. */
function acceptances({ destination, failedAttempts = [] }: RequestLog): string[] {
  const own = destination && destination.provider !== 'bedrock' ? destination.accepted : undefined;
  return [...new Set([...failedAttempts.map(({ accepted }) => accepted), own])].filter((text) => text !== undefined);
}

/** A header holds ASCII only, so other characters of an owner's text are percent-encoded. */
const asHeader = (text: string) =>
  text.replace(/[^\x20-\x7e]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(''),
  );
