import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { DeclaredLogging, SettingsPolicy } from '../../contract/policies/settings-policy';

/** The policy of a function that sets or checks what Bedrock keeps of requests to these destinations. */
export function providerPolicy(
  task: SettingsPolicy['task'],
  boundary: ResidencyBoundary,
  mode: SettingsPolicy['mode'],
  destinations: readonly Destination[],
  logging?: DeclaredLogging,
): SettingsPolicy {
  const each = new Map(destinations.map((one) => [`${one.sourceRegion} ${one.id}`, one]));
  return {
    task,
    boundary: boundary.name,
    mode,
    regions: bedrockRegions(destinations),
    logging,
    destinations: [...each.values()].map(({ id, sourceRegion, throughProfile, regions }) => ({
      id,
      sourceRegion,
      throughProfile,
      regions,
    })),
  };
}

/** Every Region that is called or may process a request: which one's retention mode counts isn't documented. */
export function bedrockRegions(destinations: readonly Destination[]): string[] {
  return [...new Set(destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]))].sort();
}
