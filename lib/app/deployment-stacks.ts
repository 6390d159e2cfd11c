import { type Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { DeploymentConfig } from '../config/model/config';
import { TAGS } from '../contract/tags';
import type { DomainStack } from '../stacks/domain-stack';
import type { EgressStack } from '../stacks/egress-stack';
import type { FoundationStack } from '../stacks/foundation-stack';
import type { LedgerStack } from '../stacks/ledger-stack';
import type { MemberPoolStack } from '../stacks/member-pool-stack';
import type { PerimeterStack } from '../stacks/perimeter-stack';
import type { PerimeterWatchStack } from '../stacks/perimeter-watch-stack';
import type { ProjectsStack } from '../stacks/projects-stack';
import type { RecoveryDrillStack } from '../stacks/recovery-drill-stack';
import type { RecoveryReplicaStack } from '../stacks/recovery-replica-stack';
import type { RecoveryStack } from '../stacks/recovery-stack';
import type { RegionalEndpointStack } from '../stacks/regional-endpoint-stack';
import type { RegionalRoutesStack } from '../stacks/regional-routes-stack';
import type { WorkspaceStack } from '../stacks/workspace-stack';
import { domainStack } from './parts/domain';
import { egressStack } from './parts/egress';
import { foundationStack } from './parts/foundation';
import { ledgerStack } from './parts/ledger';
import { memberPoolStacks } from './parts/members';
import { perimeterStack, perimeterWatchStack } from './parts/perimeter';
import type { Plan } from './parts/plan';
import { projectsStack } from './parts/projects';
import { drillStacks, recoveryStack, replicaStacks } from './parts/recovery';
import { regionalEndpoints, regionalRoutes } from './parts/regional';
import { workspaceStacks } from './parts/workspaces';

/**
 * The stacks of one `residency.yaml`. If the file names an account, they are for that account, otherwise for that of the
 * credentials that the CDK CLI finds. Without credentials they are the same for every account, and synthesis needs none.
 */
export class DeploymentStacks {
  /** The permissions boundary of every role; none if the file doesn't require one. */
  public readonly perimeter?: PerimeterStack;

  /** The stack that the tenants share. */
  public readonly foundation: FoundationStack;

  /** One for each Region other than the primary one in which a model is called, sorted by Region. */
  public readonly regionalEndpoints: RegionalEndpointStack[];

  /** The primary side of the regional endpoints; none when there are none. */
  public readonly regionalRoutes?: RegionalRoutesStack;

  /** The way to destinations outside AWS; none when there are none. */
  public readonly egress?: EgressStack;

  /** The host name of all APIs; none when the file has none. */
  public readonly domain?: DomainStack;

  /** One for each user pool that workspaces share, in the order of the file. */
  public readonly memberPools: MemberPoolStack[];

  /** The stack that the replicas share, in the recovery Region; none without a recovery Region or without workspaces. */
  public readonly recovery?: RecoveryStack;

  /** One per workspace, in the recovery Region, in the order of the file; none without a recovery Region. */
  public readonly replicas: RecoveryReplicaStack[];

  /** One per workspace, in the order of the file. */
  public readonly workspaces: WorkspaceStack[];

  /** Recovery drills, one per workspace that has a replica. */
  public readonly drills: RecoveryDrillStack[];

  /** All projects; none when the file has none. */
  public readonly projects?: ProjectsStack;

  /** The ledger of requests; none without tenants. */
  public readonly ledger?: LedgerStack;

  /** The reports of calls that loosen the perimeter; none if the file declares no perimeter. */
  public readonly perimeterWatch?: PerimeterWatchStack;

  constructor(scope: Construct, deployment: DeploymentConfig, boundary: ResidencyBoundary) {
    const plan: Plan = { scope, deployment, boundary };
    this.perimeter = perimeterStack(plan);
    this.foundation = foundationStack(plan);
    this.perimeterWatch = perimeterWatchStack(plan, this.foundation);
    this.regionalEndpoints = regionalEndpoints(plan, this.foundation);
    this.regionalRoutes = regionalRoutes(plan, this.foundation, this.regionalEndpoints);
    this.egress = egressStack(plan, this.foundation);
    this.domain = domainStack(plan);
    const pools = memberPoolStacks(plan);
    this.memberPools = [...pools.values()];
    this.recovery = recoveryStack(plan, this.foundation);
    const replicas = replicaStacks(plan, this.recovery);
    this.replicas = [...replicas.values()];
    this.workspaces = workspaceStacks(plan, this, pools, replicas);
    this.drills = drillStacks(plan, this.workspaces);
    this.projects = projectsStack(plan, this);
    this.ledger = ledgerStack(plan, this);
    for (const stack of this.all()) {
      tag(stack, plan);
      if (this.perimeter && stack !== this.perimeter) stack.addStackDependency(this.perimeter);
    }
  }

  /** In the order in which they are deployed. */
  public all(): Stack[] {
    const stacks: (Stack | undefined)[] = [
      this.perimeter,
      this.foundation,
      this.perimeterWatch,
      ...this.regionalEndpoints,
      this.regionalRoutes,
      this.egress,
      this.domain,
      ...this.memberPools,
      this.recovery,
      ...this.replicas,
      ...this.workspaces,
      ...this.drills,
      this.projects,
      this.ledger,
    ];
    return stacks.filter((stack) => stack !== undefined);
  }
}

function tag(stack: Stack, { deployment, boundary }: Plan): void {
  for (const [key, value] of Object.entries(deployment.tags ?? {})) Tags.of(stack).add(key, value);
  Tags.of(stack).add(TAGS.deployment, deployment.name);
  // The value of a tag can't contain the commas of a boundary of countries.
  Tags.of(stack).add(TAGS.boundary, boundary.name.replaceAll(',', '+'));
}
