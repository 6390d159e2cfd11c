import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Destination, decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { isOutsideAws } from '../../boundary/provider-of';
import type { DeploymentConfig } from '../../config/model/config';
import { hasEgress } from '../../config/model/egress';
import { defaultZones, possibleZones } from '../../constructs/network/zones';
import { findRegion } from '../../facts/region';
import { servicePrice } from '../../report/cost/price';
import type { Variant } from '../../report/cost/variant';

/** A deployment with one thing more than the file declares, to find what that thing costs. */
export interface Varied {
  readonly variant: Variant;
  readonly deployment: DeploymentConfig;
}

/**
 * The deployment as it is declared, and with a further workspace, Region and recovery where the boundary has room for them, and with
 * another number of zones of its egress if it has one.
 */
export function variantsOf(deployment: DeploymentConfig, boundary: ResidencyBoundary, now = new Date()): Varied[] {
  return [
    { variant: { name: 'declared' }, deployment },
    ...withWorkspace(deployment),
    ...withRegion(deployment, boundary, now),
    ...withRecovery(deployment, boundary, now),
    ...withEgressZone(deployment),
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

function withEgressZone(deployment: DeploymentConfig): Varied[] {
  if (!hasEgress(deployment)) return [];
  const { egress, primaryRegion } = deployment;
  const zones = egress?.zones ?? defaultZones(primaryRegion);
  const withZones = (changed: readonly string[]) => ({ ...deployment, egress: { ...egress, zones: changed } });
  if (zones.length > 1) {
    return [
      {
        variant: { name: 'without-egress-zone', zone: zones.length },
        deployment: withZones(zones.slice(0, -1)),
      },
    ];
  }
  const [further = ''] = possibleZones(primaryRegion).filter((zone) => !zones.includes(zone));
  return [{ variant: { name: 'egress-zone', zone: zones.length + 1 }, deployment: withZones([...zones, further]) }];
}

/** The other Regions that the account can use, those first whose prices are known. */
function otherRegions({ primaryRegion }: DeploymentConfig, boundary: ResidencyBoundary, now: Date): string[] {
  const isUnknown = (region: string) => Number(servicePrice('interface-endpoint', region, now) === undefined);
  return boundary
    .regionCodes(findRegion(primaryRegion)?.partition)
    .filter((region) => region !== primaryRegion)
    .sort((a, b) => isUnknown(a) - isUnknown(b));
}
