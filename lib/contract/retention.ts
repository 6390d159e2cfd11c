/** Content that stays until a user or an administrator deletes it. */
export const UNTIL_DELETED = 'until-deleted';

/** A retention period in whole days, or none, in the format of a variable. */
export const retentionText = (days: number | undefined): string => `${days ?? UNTIL_DELETED}`;

/** The same in the format of a tag and of `residency.yaml`. */
export const retentionTag = (days: number | undefined): string => (days === undefined ? UNTIL_DELETED : `${days}d`);
