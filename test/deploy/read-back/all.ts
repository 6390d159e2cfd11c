import { alerts } from './alerts';
import { apis } from './api';
import { bedrock } from './bedrock';
import { buckets } from './buckets';
import type { Context } from './context';
import { functions } from './functions';
import { iamAccess } from './iam-access';
import { keys } from './keys';
import { logs } from './logs';
import { members } from './members';
import { network } from './network';
import { refusedCalls } from './refused-calls';
import { rightsRoles } from './rights-roles';
import { everyRole, roles } from './roles';
import { table } from './table';
import { trail } from './trail';
import { webAcl } from './web-acl';

/** Reads back what the package promises, with AWS's SDK clients. */
export const READ_BACK: Readonly<Record<string, (context: Context) => Promise<void>>> = {
  keys,
  table,
  buckets,
  roles,
  'every role': everyRole,
  "the gateway roles' access": iamAccess,
  'rights roles': rightsRoles,
  logs,
  APIs: apis,
  members,
  functions,
  network,
  'web ACL': webAcl,
  trail,
  Bedrock: bedrock,
  alerts,
  'refused calls': refusedCalls,
};
