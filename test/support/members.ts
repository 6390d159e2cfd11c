import { Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { MemberPool, type MemberPoolProps } from '@/lib/constructs/members/member-pool';
import { WorkspaceMembers, type WorkspaceMembersProps } from '@/lib/constructs/members/workspace-members';
import { EU, FAST } from './deployment';

/** A foundation for a test, in its own stack of the same app. */
export function foundationFor(stack: Stack): Foundation {
  const shared = new Stack(stack.node.root, 'Shared', { env: { account: '111122223333', region: 'eu-central-1' } });
  return new Foundation(shared, 'Foundation', {
    boundary: EU,
    models: [FAST],
    alerts: Alerts.to('security@example.eu'),
  });
}

export interface MembersOptions extends Pick<MemberPoolProps, 'provider'>, Partial<WorkspaceMembersProps> {}

/** The members of the workspace `sciences`, as users of its own pool. */
export function membersIn(stack: Stack, { provider, ...props }: MembersOptions = {}): WorkspaceMembers {
  return new WorkspaceMembers(stack, 'Members', {
    boundary: EU,
    foundation: props.foundation ?? foundationFor(stack),
    workspaceId: 'sciences',
    pool: props.pool ?? new MemberPool(stack, 'Pool', { boundary: EU, provider }),
    ...props,
  });
}

/** The workspace `sciences`. */
export const scienceIn = (stack: Stack, options?: MembersOptions): GatewayTenant =>
  GatewayTenant.workspace('sciences', membersIn(stack, options));
