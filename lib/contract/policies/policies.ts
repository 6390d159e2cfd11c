import type { HandlerName } from '../handlers';
import type { EgressPolicy } from './egress-policy';
import type { GatewayPolicy } from './gateway-policy';
import type { HookPolicy } from './hook-policy';
import type { KeySetsPolicy } from './key-sets-policy';
import type { LedgerPolicy } from './ledger-policy';
import type { MembersPolicy } from './members-policy';
import type { ProjectsPolicy } from './projects-policy';
import type { RecoveryPolicy } from './recovery-policy';
import type { RightsPolicy } from './rights-policy';
import type { ScimPolicy } from './scim-policy';
import type { SettingsPolicy } from './settings-policy';
import type { WatchPolicy } from './watch-policy';

/** The policy next to each handler's bundle. */
export interface Policies extends Record<HandlerName, object> {
  readonly conversion: RecoveryPolicy;
  readonly egress: EgressPolicy;
  readonly gateway: GatewayPolicy;
  readonly hook: HookPolicy;
  readonly jobs: RightsPolicy | RecoveryPolicy | LedgerPolicy;
  readonly 'key-sets': KeySetsPolicy;
  readonly members: MembersPolicy;
  readonly projects: ProjectsPolicy;
  readonly scim: ScimPolicy;
  readonly settings: SettingsPolicy;
  readonly watch: WatchPolicy;
  readonly workspace: GatewayPolicy;
}
