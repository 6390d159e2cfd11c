import { Duration } from 'aws-cdk-lib/core';
import { WorkspaceEdition } from '../../constructs/tenants/workspace-props';
import type { MemberPoolStack } from '../../stacks/member-pool-stack';
import type { RecoveryReplicaStack } from '../../stacks/recovery-replica-stack';
import { WorkspaceStack } from '../../stacks/workspace-stack';
import { budgetsOf } from './budgets';
import { guardrailsOf } from './guardrails';
import { membersOf } from './members';
import { modelsOf } from './models';
import { monitoringOf } from './monitoring';
import { type Plan, stackProps, throttlingOf } from './plan';
import { periodOf } from './retention-period';
import { rulesOf } from './rights';
import { afterShared, type Shared } from './shared';

const EDITIONS = { enterprise: WorkspaceEdition.ENTERPRISE, edu: WorkspaceEdition.EDU };

/** One for each workspace, in the order of the file. */
export const workspaceStacks = (
  plan: Plan,
  shared: Shared,
  pools: ReadonlyMap<string, MemberPoolStack>,
  replicas: ReadonlyMap<string, RecoveryReplicaStack>,
): WorkspaceStack[] =>
  plan.deployment.workspaces.map(
    ({
      id,
      edition,
      retention,
      models,
      identity,
      limits,
      keys,
      groups,
      courses,
      reportGroups,
      guardrails,
      rights,
      officeFiles,
      scim,
      background,
    }) =>
      afterShared(
        new WorkspaceStack(plan.scope, `${plan.deployment.name}-workspace-${id}`, {
          ...stackProps(plan, `workspace ${id}, whose conversations are stored inside`),
          terminationProtection: true,
          foundation: shared.foundation.foundation,
          workspaceId: id,
          edition: EDITIONS[edition],
          retention: periodOf(retention),
          recovery: replicas.get(id)?.replica,
          models: modelsOf(plan.deployment, models),
          domain: shared.domain?.domain,
          ...membersOf(identity, pools, scim !== undefined),
          ...limits,
          ...(keys && { memberKeys: { signInWithin: Duration.days(keys.signInWithinDays) } }),
          ...budgetsOf(groups, courses),
          guardrails: guardrailsOf(guardrails),
          ...throttlingOf(plan),
          ...(rights && { rights: rulesOf(rights) }),
          ...(officeFiles && { officeFiles }),
          ...(scim && { scim: true }),
          background,
          ...monitoringOf(plan.deployment.monitoring, reportGroups),
          recordLinks: Duration.days(plan.deployment.records.memberDays),
          jobConcurrency: plan.deployment.jobs?.concurrency,
        }),
        shared,
      ),
  );
