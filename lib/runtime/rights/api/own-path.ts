import { adminPath } from '../../../contract/admin-path';
import type { RequiredRole } from '../../workspace/identity/require-member';

/** The paths, below those of rights, of what a user may do about jobs that concern them. */
export const OWN_PATH = '/own';

const OWN = `${adminPath('rights')}${OWN_PATH}/`;

/**
 * The role that a request about rights requires. No administrator can keep a user from seeing and cancelling what concerns them, by
 * disabling them or taking away their roles.
 */
export function roleForRights(path: string, method: string): RequiredRole {
  if (!path.startsWith(OWN)) return 'admin';
  const isOfJobs = path === `${OWN}jobs` || path.startsWith(`${OWN}jobs/`);
  return isOfJobs && ['GET', 'DELETE'].includes(method) ? 'none' : 'any';
}
