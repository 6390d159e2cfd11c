import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import { type FactLayer, layersFor } from '../../facts/layers';

/** The rows newer than the package on which a policy's destinations rest; undefined, which isn't written, if there are none. */
export function policyLayers(
  boundary: ResidencyBoundary,
  destinations: readonly Destination[],
): readonly FactLayer[] | undefined {
  const ids = new Set(destinations.flatMap(({ id, modelId, api }) => [id, modelId, api ?? []].flat()));
  const layers = layersFor(boundary._facts?.layers ?? [], ids);
  return layers.length === 0 ? undefined : layers;
}
