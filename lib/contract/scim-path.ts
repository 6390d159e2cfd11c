/** The segments of the path of a workspace's SCIM API. */
export const SCIM_SEGMENTS = ['scim', 'v2'] as const;

export const SCIM_PATH = `/${SCIM_SEGMENTS.join('/')}`;
