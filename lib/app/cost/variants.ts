import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Destination, decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { isOutsideAws } from '../../boundary/provider-of';
import type { DeploymentConfig } from '../../config/model/config';
import { findRegion } from '../../facts/region';
import { servicePrice } from '../../report/cost/price';
import type { Variant } from '../../report/cost/variant';

/** A deployment with one thing more than the file declares, to find what that thing costs. */
export interface Varied {
  readonly variant: Variant;
  readonly deployment: DeploymentConfig;
}

/** The deployment as it is declared, and with a further workspace, Region and recovery where the boundary has room for them. */
export function variantsOf(deployment: DeploymentConfig, boundary: ResidencyBoundary, now = new Date()): Varied[] {
  return [
    { variant: { name: 'declared' }, deployment },
    ...withWorkspace(deployment),
    ...withRegion(deployment, boundary, now),
    ...withRecovery(deployment, boundary, now),
  ];
}

function withWorkspace(deployment: DeploymentConfig): Varied[] {
  const [first] = deployment.workspaces;
  if (first === undefined) return [];
  const taken = deployment.workspaces.map(({ id }) => id);
  const id = taken.includes('further') ? `further-${taken.length}` : 'further';
  return [
    {
      variant: { name: 'workspace' },
      deployment: { ...deployment, workspaces: [...deployment.workspaces, { ...first, id }] },
    },
  ];
}

function withRegion(deployment: DeploymentConfig, boundary: ResidencyBoundary, now: Date): Varied[] {
  const called = deployment.models.flatMap(({ destinations }) =>
    destinations.filter((one) => !isOutsideAws(one)).map(({ sourceRegion }) => sourceRegion),
  );
  for (const region of otherRegions(deployment, boundary, now).filter((code) => !called.includes(code))) {
    const destination = anyModelIn(boundary, region);
    if (destination === undefined) continue;
    const models = [...deployment.models, { id: 'further', destinations: [destination] }];
    return [{ variant: { name: 'region', region }, deployment: { ...deployment, models } }];
  }
  return [];
}

function anyModelIn(boundary: ResidencyBoundary, region: string): Destination | undefined {
  for (const { modelId } of factsOf(boundary).onDemandModels) {
    const decision = decideDestination(boundary, region, modelId);
    if (decision.inside) return decision.destination;
  }
  return undefined;
}

function withRecovery(deployment: DeploymentConfig, boundary: ResidencyBoundary, now: Date): Varied[] {
  if (deployment.workspaces.length === 0) return [];
  const { recoveryRegion, ...without } = deployment;
  if (recoveryRegion !== undefined) {
    return [{ variant: { name: 'without-recovery', region: recoveryRegion }, deployment: without }];
  }
  const [region] = otherRegions(deployment, boundary, now);
  return region === undefined
    ? []
    : [{ variant: { name: 'recovery', region }, deployment: { ...deployment, recoveryRegion: region } }];
}

/** The other Regions that the account can use, those first whose prices are known. */
function otherRegions({ primaryRegion }: DeploymentConfig, boundary: ResidencyBoundary, now: Date): string[] {
  const isUnknown = (region: string) => Number(servicePrice('interface-endpoint', region, now) === undefined);
  return boundary
    .regionCodes(findRegion(primaryRegion)?.partition)
    .filter((region) => region !== primaryRegion)
    .sort((a, b) => isUnknown(a) - isUnknown(b));
}
