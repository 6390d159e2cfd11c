const DAY_MS = 86_400_000;

/** How far point-in-time recovery of the key store reaches back: within it, an erased key can be restored. */
export const KEY_BACKUP_MS = DAY_MS;

/** How far point-in-time recovery of the table of content reaches back. What it restores of somebody erased can't be decrypted. */
export const TABLE_BACKUP_MS = 35 * DAY_MS;

/** How long an export can be fetched. */
export const EXPORT_MS = 7 * DAY_MS;

/** How long it is told of an export that it is gone. */
export const EXPORT_TOLD_MS = 30 * DAY_MS;

/** A request that was let in before a decision has ended by then: no function of AWS Lambda runs longer. */
export const REQUEST_MS = 15 * 60_000;
