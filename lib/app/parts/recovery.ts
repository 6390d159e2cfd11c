import type { FoundationStack } from '../../stacks/foundation-stack';
import { RecoveryDrillStack } from '../../stacks/recovery-drill-stack';
import { RecoveryReplicaStack } from '../../stacks/recovery-replica-stack';
import { RecoveryStack } from '../../stacks/recovery-stack';
import type { WorkspaceStack } from '../../stacks/workspace-stack';
import { type Plan, stackProps, zonesIn } from './plan';
import { periodOf } from './retention-period';

/** The stack that the replicas share; none without a recovery Region, or without workspaces. */
export function recoveryStack(plan: Plan, foundation: FoundationStack): RecoveryStack | undefined {
  const { name, recoveryRegion, workspaces } = plan.deployment;
  if (recoveryRegion === undefined || workspaces.length === 0) return undefined;
  const stack = new RecoveryStack(plan.scope, `${name}-recovery`, {
    ...stackProps(plan, 'what copies of workspaces share', recoveryRegion),
    terminationProtection: true,
    foundation: foundation.foundation,
    availabilityZones: zonesIn(plan, recoveryRegion),
  });
  stack.addStackDependency(foundation);
  return stack;
}

/** The replica of each workspace by the workspace's id, in the order of the file. */
export function replicaStacks(
  plan: Plan,
  recovery: RecoveryStack | undefined,
): ReadonlyMap<string, RecoveryReplicaStack> {
  if (recovery === undefined) return new Map();
  return new Map(
    plan.deployment.workspaces.map(({ id, retention }) => [
      id,
      new RecoveryReplicaStack(plan.scope, `${plan.deployment.name}-recovery-workspace-${id}`, {
        ...stackProps(plan, `copies of workspace ${id}`, recovery.recovery.region),
        terminationProtection: true,
        recovery: recovery.recovery,
        workspaceId: id,
        retention: periodOf(retention),
      }),
    ]),
  );
}

/** One for each workspace that has a replica. */
export const drillStacks = (plan: Plan, workspaces: readonly WorkspaceStack[]): RecoveryDrillStack[] =>
  workspaces.flatMap((stack) => {
    const { workspace } = stack;
    if (workspace.recovery === undefined) return [];
    const { workspaceId, recovery } = workspace;
    const drill = new RecoveryDrillStack(plan.scope, `${plan.deployment.name}-recovery-drill-${workspaceId}`, {
      ...stackProps(plan, `drills of workspace ${workspaceId}`, recovery.region),
      workspace,
    });
    drill.addStackDependency(stack);
    return [drill];
  });
