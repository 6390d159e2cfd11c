import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import { type FactLayer, layersFor } from '../../facts/layers';

/** The rows newer than the package on which a policy's destinations and guardrails rest; undefined, which isn't written, if there are none. */
export function policyLayers(
  boundary: ResidencyBoundary,
  destinations: readonly Destination[],
  guardrails: readonly Guardrail[] = [],
): readonly FactLayer[] | undefined {
  const called = destinations.flatMap(({ id, modelId, api }) => [id, modelId, api ?? []].flat());
  const ids = new Set([...called, ...guardrails.flatMap(({ profile }) => profile?.id ?? [])]);
  const layers = layersFor(boundary._facts?.layers ?? [], ids);
  return layers.length === 0 ? undefined : layers;
}
