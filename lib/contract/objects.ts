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
