/** The segments of the path of a workspace's SCIM API. */
export const SCIM_SEGMENTS = ['scim', 'v2'] as const;

export const SCIM_PATH = `/${SCIM_SEGMENTS.join('/')}`;

/** The longest request of SCIM, in minutes: one that deletes or replaces a group of 30,000 members. */
export const SCIM_MINUTES = 5;
