/** The last check result of a Region where requests are processed. */
export interface RegionCheck {
  readonly kind: 'region';
  readonly region: string;
  /** The account's retention mode there. */
  readonly mode: string;
  /** Whether model invocation logging records every prompt and answer there. */
  readonly logging: boolean;
  /** The time of the check, in ISO 8601. */
  readonly readAt: string;
}

/** The last check result of a profile's destinations. */
export interface ProfileCheck {
  readonly kind: 'profile';
  readonly sourceRegion: string;
  readonly id: string;
  readonly regions: readonly string[];
  readonly readAt: string;
}

export type RetentionCheck = RegionCheck | ProfileCheck;

/** The table partition that contains all of a deployment's check results; its sort keys are {@link retentionCheckKey}. */
export const RETENTION_CHECKS_PARTITION = 'reading';

export const retentionCheckKey = (check: RetentionCheck): string =>
  check.kind === 'region' ? regionKey(check.region) : profileKey(check.sourceRegion, check.id);

export const regionKey = (region: string) => `region#${region}`;
export const profileKey = (sourceRegion: string, id: string) => `profile#${sourceRegion}#${id}`;
