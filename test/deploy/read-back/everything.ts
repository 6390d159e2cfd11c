import { alerts } from './alerts';
import { apis } from './api';
import { bedrock } from './bedrock';
import { buckets } from './buckets';
import type { Context } from './context';
import { enforced } from './enforced';
import { functions } from './functions';
import { keys } from './keys';
import { logs } from './logs';
import { members } from './members';
import { network } from './network';
import { reach } from './reach';
import { rightsRoles } from './rights-roles';
import { everyRole, roles } from './roles';
import { table } from './table';
import { trail } from './trail';
import { webAcl } from './web-acl';

/** What was promised, as SDK clients read it back. */
export const READINGS: Readonly<Record<string, (context: Context) => Promise<void>>> = {
  keys,
  table,
  buckets,
  roles,
  'every role': everyRole,
  'what the roles reach': reach,
  'roles of rights': rightsRoles,
  logs,
  APIs: apis,
  members,
  functions,
  network,
  'web ACL': webAcl,
  trail,
  Bedrock: bedrock,
  alerts,
  'what is refused': enforced,
};
