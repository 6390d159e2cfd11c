import type { ResidencyBoundary } from './boundary';
import { profileKey, type Reading, readingKey, regionKey } from './reading';
import { where } from './region';

/** A reading as it was stored under a key; none if its form is another, or it says it is of something else. */
export function parseReading(key: string, text: string): Reading | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isReading(value) && readingKey(value) === key ? value : undefined;
}

function isReading(value: unknown): value is Reading {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, region, mode, logging, sourceRegion, id, regions, readAt } = value as Record<string, unknown>;
  if (!isTime(readAt)) return false;
  if (kind === 'region') return typeof region === 'string' && typeof mode === 'string' && typeof logging === 'boolean';
  return (
    kind === 'profile' &&
    typeof sourceRegion === 'string' &&
    typeof id === 'string' &&
    Array.isArray(regions) &&
    regions.length > 0 &&
    regions.every((code) => typeof code === 'string')
  );
}

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));

/** What is asked of the readings before a destination may serve where nothing is kept. */
export interface ReadingQuestion {
  readonly boundary: ResidencyBoundary;
  readonly destination: {
    readonly id: string;
    readonly sourceRegion: string;
    readonly throughProfile: boolean;
    readonly regions: readonly string[];
  };
  readonly now: Date;
  readonly maxAgeMs: number;
}

/** Clocks of two functions differ by a little; a reading from further ahead was made by somebody else. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Why nothing fresh says that a destination keeps nothing; none when it does. Every Region that the facts or Bedrock itself
 * name must have been read as `none`: which of them counts isn't documented.
 */
export function whyUnverified(question: ReadingQuestion, readings: ReadonlyMap<string, Reading>): string | undefined {
  const { boundary, destination, now, maxAgeMs } = question;
  const { id, sourceRegion } = destination;
  const isFresh = ({ readAt }: Reading) => {
    const age = now.getTime() - Date.parse(readAt);
    return age <= maxAgeMs && age >= -CLOCK_SKEW_MS;
  };
  const regions = new Set([sourceRegion, ...destination.regions]);
  if (destination.throughProfile) {
    const profile = readings.get(profileKey(sourceRegion, id));
    if (profile?.kind !== 'profile') return `where '${id}' leads from ${sourceRegion} was not read`;
    if (!isFresh(profile)) return `where '${id}' leads from ${sourceRegion} was last read at ${profile.readAt}`;
    for (const region of profile.regions) regions.add(region);
  }
  for (const region of [...regions].sort()) {
    if (!boundary.containsRegion(region))
      return `'${id}' leads to ${region}, ${where(region)}, outside ${boundary.label}`;
    const reading = readings.get(regionKey(region));
    if (reading?.kind !== 'region') return `the retention mode of ${region} was not read`;
    if (!isFresh(reading)) return `the retention mode of ${region} was last read at ${reading.readAt}`;
    if (reading.mode !== 'none') return `the retention mode of ${region} isn't 'none'`;
    if (reading.logging) return `model invocation logging is on in ${region}`;
  }
  return undefined;
}
