import { looksLikeProfile } from '../../../boundary/profile-id';
import { ON_DEMAND_MODELS } from '../../../facts/generated/on-demand-models';
import { PROFILES } from '../../../facts/generated/profiles';

/** A geography that isn't known yet would otherwise be taken for a maker. */
const MAKERS = new Set([...ON_DEMAND_MODELS, ...PROFILES].flatMap(({ modelId }) => modelId?.split('.')[0] ?? []));

const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):(\d{12})?:(foundation-model|provisioned-model)\/(.+)$/;

/**
 * Whether a model's ID or ARN names one that is served in the called Region only: a foundation model or a provisioned one. Profiles,
 * prompts and prompt routers are not, and an ID of another form isn't either.
 */
export function isPlainModel(model: string, region: string): boolean {
  const [, place, , kind, id = model] = ARN.exec(model) ?? [];
  if (place !== undefined && place !== region) return false;
  return kind === 'provisioned-model' || isFoundationModel(id);
}

const isFoundationModel = (id: string): boolean =>
  /^[a-z0-9]+\.[\w.:-]+$/.test(id) && !looksLikeProfile(id) && MAKERS.has(id.slice(0, id.indexOf('.')));
