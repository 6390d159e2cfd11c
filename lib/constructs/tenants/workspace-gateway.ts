import type { Construct } from 'constructs';
import { limitsOf } from '../gateway/gateway-policy-asset';
import { GatewayTenant } from '../gateway/gateway-tenant';
import { InferenceGateway } from '../gateway/inference-gateway';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { WorkspaceProps } from './workspace-props';

/** Adds the API of a workspace's members, under the workspace's limits. It can use no store yet. */
export function addGateway(scope: Construct, members: WorkspaceMembers, props: WorkspaceProps): InferenceGateway {
  return new InferenceGateway(scope, 'Gateway', {
    boundary: props.boundary,
    foundation: props.foundation,
    tenant: GatewayTenant.workspace(
      props.workspaceId,
      members,
      limitsOf(props),
      props.guardrails,
      props.memberKeys,
      props.monitoring,
      props.budgets,
    ),
    models: props.models,
    domain: props.domain,
    requestsPerSecond: props.requestsPerSecond,
    burstRequests: props.burstRequests,
    reservedConcurrentExecutions: props.concurrency,
  });
}
