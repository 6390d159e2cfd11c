import type { Context } from '../context';
import { egressAccess } from './access';
import { egressFilters } from './filters';
import { egressNetwork } from './network';
import { egressRoles } from './roles';
import { egressSecrets } from './secrets';

/** Reads back the egress of a deployment that has one. */
export const EGRESS_READ_BACK: Readonly<Record<string, (context: Context) => Promise<void>>> = {
  network: egressNetwork,
  'firewalls and DNS Firewall': egressFilters,
  'function, endpoints and alarms': egressAccess,
  roles: egressRoles,
  secrets: egressSecrets,
};
