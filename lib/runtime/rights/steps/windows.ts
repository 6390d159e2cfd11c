import { EXPORT_DAYS } from '../../../contract/rights';

const DAY_MS = 86_400_000;

/** How far point-in-time recovery of the key store reaches back. Within this time, an erased key can be restored. */
export const KEY_BACKUP_MS = DAY_MS;

/** How far point-in-time recovery of the table of content reaches back. Restored content of an erased user can't be decrypted. */
export const TABLE_BACKUP_MS = 35 * DAY_MS;

/** How long an export can be downloaded. */
export const EXPORT_MS = EXPORT_DAYS * DAY_MS;

/** How long an export is listed, as expired in the end. */
export const EXPORT_LISTED_MS = 30 * DAY_MS;

/** The longest time that a request from before a decision can take: no function of AWS Lambda runs longer. */
export const REQUEST_MS = 15 * 60_000;
