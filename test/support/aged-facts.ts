import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { FactLayer } from '@/lib/facts/layers';
import type { ModelFact } from '@/lib/facts/model-facts';
import { PACKAGED } from '@/lib/facts/packaged';
import type { ProfileFact } from '@/lib/facts/types';

const SOURCED = { source: 'test', asOf: '2026-11-30', confidence: 'high' } as const;
const EU = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];

/** A model that answers prompts, with the dates that are given. */
export const model = (modelId: string, dates: Partial<ModelFact> = {}): ModelFact => ({
  modelId,
  name: modelId,
  maker: modelId.slice(0, modelId.indexOf('.')),
  kind: 'text',
  releasedAt: null,
  legacyFrom: null,
  endsAt: null,
  endsNotBefore: null,
  ...SOURCED,
  ...dates,
});

/** A profile that routes from Frankfurt to these Regions. */
export const profile = (id: string, regions: readonly string[] = EU): ProfileFact => ({
  id,
  kind: 'inference',
  prefix: id.slice(0, id.indexOf('.')),
  modelId: id.slice(id.indexOf('.') + 1),
  routes: { 'eu-central-1': [...regions] },
  status: 'listed',
  ...SOURCED,
});

/** A boundary that decides by the package's facts with these rows above them, on a day. */
export const boundaryOn = (day: string, rows: Omit<FactLayer, 'origin'>, name = 'eu'): ResidencyBoundary =>
  ResidencyBoundary.parse(name)._withFacts(
    PACKAGED.with({ origin: { kind: 'release', version: 1 }, ...rows }).at(() => new Date(day)),
  );
