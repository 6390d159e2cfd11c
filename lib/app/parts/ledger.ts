import { LedgerStack } from '../../stacks/ledger-stack';
import type { ProjectsStack } from '../../stacks/projects-stack';
import type { WorkspaceStack } from '../../stacks/workspace-stack';
import { type Plan, stackProps } from './plan';
import type { Shared } from './shared';

interface Tenants extends Pick<Shared, 'foundation'> {
  readonly workspaces: readonly WorkspaceStack[];
  readonly projects?: ProjectsStack;
}

/** The ledger of all tenants' requests, deployed after them; none without tenants. */
export function ledgerStack(plan: Plan, { foundation, workspaces, projects }: Tenants): LedgerStack | undefined {
  const gateways = [
    ...workspaces.map(({ workspace }) => workspace.gateway),
    ...(projects ? [projects.projects.gateway] : []),
  ];
  if (gateways.length === 0) return undefined;
  const stack = new LedgerStack(plan.scope, `${plan.deployment.name}-ledger`, {
    ...stackProps(plan, 'the ledger of requests'),
    terminationProtection: true,
    foundation: foundation.foundation,
    gateways,
  });
  for (const tenant of [foundation, ...workspaces, ...(projects ? [projects] : [])]) stack.addStackDependency(tenant);
  return stack;
}
