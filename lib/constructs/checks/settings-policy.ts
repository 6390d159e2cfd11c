import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import type { Guardrail } from '../../boundary/guardrail';
import type { DeclaredLogging, SettingsDestination, SettingsPolicy } from '../../contract/policies/settings-policy';
import { isReliable } from '../../facts/reliance';
import { policyLayers } from './policy-layers';

/** The policy of a function that sets or checks what Bedrock retains of requests to these destinations. */
export function settingsPolicy(
  task: SettingsPolicy['task'],
  boundary: ResidencyBoundary,
  mode: SettingsPolicy['mode'],
  destinations: readonly Destination[],
  guardrails: readonly Guardrail[],
  logging?: DeclaredLogging,
): SettingsPolicy {
  const distinct = new Map(
    destinations.map((destination) => [`${destination.sourceRegion} ${destination.id}`, destination]),
  );
  return {
    task,
    boundary: boundary.name,
    facts: policyLayers(boundary, destinations),
    // The retention task neither compares versions nor warns, so a release without rows for it must not run it again.
    release: task === 'check' ? boundary._facts?.release : undefined,
    mode,
    regions: bedrockRegions(destinations, guardrails),
    logging,
    destinations: [...distinct.values()].map(({ id, modelId, sourceRegion, throughProfile, regions }) => ({
      id,
      // Only the check asks how long a model is served.
      ...(task === 'check' && { modelId, life: lifeDates(boundary, modelId) }),
      sourceRegion,
      throughProfile,
      regions,
    })),
  };
}

/** The dates of a model's life, if the facts announce any. */
function lifeDates(boundary: ResidencyBoundary, modelId: string): SettingsDestination['life'] {
  const model = factsOf(boundary).model(modelId);
  if (model === undefined || !isReliable(model)) return undefined;
  const { legacyFrom, endsAt } = model;
  return legacyFrom === null && endsAt === null ? undefined : { legacyFrom, endsAt };
}

/**
 * Every Region in which a request is called, may be processed or may be evaluated by a guardrail. AWS doesn't document
 * which of their retention modes applies.
 */
export function bedrockRegions(destinations: readonly Destination[], guardrails: readonly Guardrail[]): string[] {
  const called = destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]);
  const evaluated = guardrails.flatMap(({ region, profile }) => [region, ...(profile?.regions ?? [])]);
  return [...new Set([...called, ...evaluated])].sort();
}
