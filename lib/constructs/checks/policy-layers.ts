import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import type { Destination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import type { Guardrail } from '../../boundary/guardrail';
import { type FactLayer, layersFor } from '../../facts/layers';

/** The rows newer than the package on which a policy's destinations, guardrails and providers outside AWS rest; undefined, which isn't written, if there are none. */
export function policyLayers(
  boundary: ResidencyBoundary,
  destinations: readonly Destination[],
  guardrails: readonly Guardrail[] = [],
  outside: readonly DeclaredProvider[] = [],
): readonly FactLayer[] | undefined {
  const called = destinations.flatMap(({ id, modelId, api }) => [id, modelId, api ?? []].flat());
  const ids = new Set([...called, ...guardrails.flatMap(({ profile }) => profile?.id ?? [])]);
  const providers = new Set(outside.flatMap(({ service }) => factsOf(boundary).service(service)?.provider ?? []));
  const layers = layersFor(boundary._facts?.layers ?? [], ids, providers);
  return layers.length === 0 ? undefined : layers;
}
