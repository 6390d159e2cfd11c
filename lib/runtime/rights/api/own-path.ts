import { adminPath } from '../../../contract/admin-path';
import type { MemberRole } from '../../../contract/roles';

/** The paths, below those of rights, of what a user may do about jobs that concern them. */
export const OWN_PATH = '/own';

const OWN = `${adminPath('rights')}${OWN_PATH}/`;

/** The role that a path of rights requires. */
export const roleForRights = (path: string): MemberRole | 'any' => (path.startsWith(OWN) ? 'any' : 'admin');
