import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';

/** What the provider's handler reads from `policy.json`, beside it. */
export interface ProviderPolicyFile {
  readonly task: 'retention' | 'check';
  readonly boundary: string;
  readonly mode: 'manage' | 'verify';
  readonly regions: readonly string[];
  /** Where model invocation logging may write, in one Region; nowhere when left out. */
  readonly logging?: { readonly region: string; readonly bucket?: string; readonly logGroup?: string };
  readonly destinations: readonly {
    readonly id: string;
    readonly sourceRegion: string;
    readonly throughProfile: boolean;
    readonly regions: readonly string[];
  }[];
}

/** The policy of a function that sets or checks what Bedrock keeps of requests to these destinations. */
export function providerPolicy(
  task: ProviderPolicyFile['task'],
  boundary: ResidencyBoundary,
  mode: ProviderPolicyFile['mode'],
  destinations: readonly Destination[],
  logging?: ProviderPolicyFile['logging'],
): ProviderPolicyFile {
  const each = new Map(destinations.map((one) => [`${one.sourceRegion} ${one.id}`, one]));
  return {
    task,
    boundary: boundary.name,
    mode,
    regions: bedrockRegions(destinations),
    ...(logging && { logging }),
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
