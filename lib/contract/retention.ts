/** Content that stays until a user or an administrator deletes it. */
export const UNTIL_DELETED = 'until-deleted';

/** A retention period in whole days, or none, as a variable has it. */
export const retentionText = (days: number | undefined): string => `${days ?? UNTIL_DELETED}`;

/** The same as a tag and `residency.yaml` have it. */
export const retentionTag = (days: number | undefined): string => (days === undefined ? UNTIL_DELETED : `${days}d`);
