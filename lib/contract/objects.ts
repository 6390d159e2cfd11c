/** The prefix of all content of members in a workspace's bucket. */
export const CONTENT_PREFIX = 'content/';

/** The prefix of exports in a workspace's bucket. */
export const EXPORTS_PREFIX = 'exports/';

/** The prefix of all certificates in the bucket of evidence. */
export const CERTIFICATES_PREFIX = 'certificates/';

/** The prefix of a workspace's certificates in the bucket of evidence. */
export const certificatesPrefix = (workspace: string): string => `${CERTIFICATES_PREFIX}${workspace}/`;

/** The prefix of Bedrock's former settings in the bucket of evidence. */
export const FORMER_SETTINGS_PREFIX = 'bedrock-retention/';

/** The object in the bucket of evidence that holds a Region's former retention mode. */
export const formerSettingsKey = (region: string): string => `${FORMER_SETTINGS_PREFIX}${region}.json`;

/** The prefix of the ledger of requests in the bucket of evidence. */
export const LEDGER_PREFIX = 'ledger/';

/** The hour with which the ledger begins. */
export const LEDGER_START = `${LEDGER_PREFIX}start.json`;

/** The prefix of signed checkpoints. */
export const CHECKPOINTS_PREFIX = `${LEDGER_PREFIX}checkpoints/`;

/** The checkpoint of a number of leaves. */
export const checkpointKey = (size: number): string => `${CHECKPOINTS_PREFIX}${size}`;

/** The prefix of the ledger's hours, which begin with the year. */
export const HOURS_PREFIX = `${LEDGER_PREFIX}20`;

/** What is before the hours of the day of an hour, such as `2026-11-30T17`. */
export const dayPrefix = (hour: string): string => `${LEDGER_PREFIX}${hour.slice(0, 10).replaceAll('-', '/')}/`;

/** The records of an hour, one line for each leaf. */
export const hourKey = (hour: string): string => `${dayPrefix(hour)}${hour.slice(11)}.ndjson.gz`;

/** How the key of an hour's state ends. */
export const STATE_ENDING = '.state.json';

/** What the next hour needs of an hour and those before it. */
export const stateKey = (hour: string): string => `${dayPrefix(hour)}${hour.slice(11)}${STATE_ENDING}`;
