import type { Facts } from '../facts/facts';
import type { FactLayer } from '../facts/layers';
import { traitsOf } from '../facts/traits';
import type { Sourced } from '../facts/types';
import type { AdmittedRow } from './schema/admitted-schema';

/** The rows of facts that checked rows of `residency-admitted.yaml` stand for, one layer for each, above the given facts. */
export function admittedLayers(rows: readonly AdmittedRow[], below: Facts): FactLayer[] {
  return rows.map((row) => layerOf(row, below));
}

function layerOf(row: AdmittedRow, below: Facts): FactLayer {
  const { id, from, geography, model, requestedBy, approvedBy, reason, expires } = row;
  const { id: modelId, name, kind } = model;
  const asOf = row.readAt.slice(0, 10);
  const answer = (call: string): Sourced => ({ source: `bedrock:${call}`, asOf, confidence: 'high' });
  const known = below.model(modelId);
  const traits = row.like === undefined ? undefined : traitsOf(below, row.like);
  const { retains } = row;
  return {
    origin: { kind: 'admitted', requestedBy, approvedBy, reason, expires },
    ...(geography === undefined
      ? { onDemandModels: [{ modelId, kind, regions: [from], ...answer('GetFoundationModel') }] }
      : {
          profiles: [
            {
              id,
              kind: 'inference',
              prefix: geography,
              modelId,
              routes: { [from]: [...row.regions] },
              status: 'listed',
              ...answer('GetInferenceProfile'),
            },
          ],
        }),
    models: [
      {
        modelId,
        name,
        maker: modelId.slice(0, modelId.indexOf('.')),
        kind,
        releasedAt: model.releasedAt ?? known?.releasedAt ?? null,
        // Bedrock may say nothing of an end that is announced elsewhere.
        legacyFrom: earliest(model.legacyFrom, known?.legacyFrom),
        endsAt: earliest(model.endsAt, known?.endsAt),
        endsNotBefore: known?.endsNotBefore ?? null,
        ...answer('GetFoundationModel'),
      },
    ],
    ...(retains && {
      modelRetention: [
        {
          modelId,
          underNone: 'served',
          days: retains.days,
          keeper: retains.days === 0 ? null : model.provider,
          what: retains.days === 0 ? 'nothing' : 'requests and answers',
          source: `declared: ${retains.reason}`,
          asOf,
          // The owner's word, not the provider's.
          confidence: 'medium',
        },
      ],
    }),
    ...(traits && { modelTraits: [{ ...withoutOrigin(traits), modelId, asOf, confidence: 'medium' }] }),
  };
}

const earliest = (...days: readonly (string | null | undefined)[]): string | null =>
  days.filter((day) => typeof day === 'string').sort()[0] ?? null;

function withoutOrigin<T extends { readonly origin?: unknown }>({ origin, ...row }: T): Omit<T, 'origin'> {
  return row;
}
