import type { Facts } from './facts';
import type { FactLayer, FactOrigin } from './layers';

/** A model or profile that an owner admitted, from the Regions in which Bedrock described it. */
export interface Admission {
  readonly id: string;
  readonly from: readonly string[];
  /** Where a request may be processed, by Bedrock's own answer. */
  readonly regions: readonly string[];
  readonly origin: Extract<FactOrigin, { kind: 'admitted' }>;
}

/** What owners admitted, in the order of the layers, expired or not. */
export function admissionsIn(layers: readonly FactLayer[]): Admission[] {
  return layers.flatMap(({ origin, profiles = [], onDemandModels = [] }) =>
    origin.kind !== 'admitted'
      ? []
      : [
          ...profiles.map(({ id, routes }) => ({
            id,
            from: Object.keys(routes ?? {}),
            regions: [...new Set(Object.values(routes ?? {}).flat())].sort(),
            origin,
          })),
          ...onDemandModels.map(({ modelId, regions }) => ({ id: modelId, from: regions, regions, origin })),
        ],
  );
}

/** The admission that a model or profile called from a Region rests on today; none if the package's or a release's row counts. */
export function admissionOf(facts: Facts | undefined, id: string, from: string): Admission['origin'] | undefined {
  if (facts === undefined) return undefined;
  const row = facts.profileFrom(id, from) ?? facts.onDemandModelFrom(id, from);
  return row?.origin?.kind === 'admitted' ? row.origin : undefined;
}
