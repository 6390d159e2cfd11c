/** Content that stays until a user or an administrator deletes it. */
export const UNTIL_DELETED = 'until-deleted';

/** A retention period in whole days, or none, in the format of a variable. */
export const retentionText = (days: number | undefined): string => `${days ?? UNTIL_DELETED}`;

/** The same in the format of a tag and of `residency.yaml`. */
export const retentionTag = (days: number | undefined): string => (days === undefined ? UNTIL_DELETED : `${days}d`);

/**
 * The least number of days for which logs of the use of a system are stored. The AI Act, article 26(6), asks deployers for at least six
 * months, which are at most 184 days.
 */
export const LEAST_LOG_DAYS = 184;
