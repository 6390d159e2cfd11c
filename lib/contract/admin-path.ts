/** The segments of the path that every API of administrators and auditors begins with. */
export const ADMIN_SEGMENTS = ['admin', 'v1'] as const;

export const ADMIN_PATH = `/${ADMIN_SEGMENTS.join('/')}`;

/** An API of administrators, auditors or operators, by the last segment of its path. */
export type AdminApi = 'members' | 'projects' | 'records' | 'rights';

/** The path of one of these APIs. */
export const adminPath = (api: AdminApi): string => `${ADMIN_PATH}/${api}`;
