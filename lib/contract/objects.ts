/** The prefix of all content of members in a workspace's bucket. */
export const CONTENT_PREFIX = 'content/';

/** The prefix of exports in a workspace's bucket. */
export const EXPORTS_PREFIX = 'exports/';

/** The prefix of a workspace's certificates in the bucket of evidence. */
export const certificatesPrefix = (workspace: string): string => `certificates/${workspace}/`;

/** The object in the bucket of evidence that holds a Region's former retention mode. */
export const formerSettingsKey = (region: string): string => `bedrock-retention/${region}.json`;
