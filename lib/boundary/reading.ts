/** What was last read of a Region where requests are processed. */
export interface RegionReading {
  readonly kind: 'region';
  readonly region: string;
  /** The account's retention mode there. */
  readonly mode: string;
  /** Whether model invocation logging writes every prompt and answer there. */
  readonly logging: boolean;
  /** When, in ISO 8601. */
  readonly readAt: string;
}

/** Where a profile led when it was last asked for. */
export interface ProfileReading {
  readonly kind: 'profile';
  readonly sourceRegion: string;
  readonly id: string;
  readonly regions: readonly string[];
  readonly readAt: string;
}

export type Reading = RegionReading | ProfileReading;

/** The partition of the table that holds every reading of a deployment; its sort keys are {@link readingKey}. */
export const READINGS_PARTITION = 'reading';

export const readingKey = (reading: Reading): string =>
  reading.kind === 'region' ? regionKey(reading.region) : profileKey(reading.sourceRegion, reading.id);

export const regionKey = (region: string) => `region#${region}`;
export const profileKey = (sourceRegion: string, id: string) => `profile#${sourceRegion}#${id}`;
