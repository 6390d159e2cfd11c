import { parseArn } from '../../../boundary/arn-parts';
import type { RefusalReason } from '../../../boundary/decision';
import { decideDestination } from '../../../boundary/destination';
import { destinationsOf, findProfile, looksLikeProfile } from '../../../boundary/profile';
import { where } from '../../../boundary/region';
import { MODEL_RETENTION } from '../../../facts/generated/model-retention';
import { ON_DEMAND_MODELS } from '../../../facts/generated/on-demand-models';
import { findRegion } from '../../../facts/region';
import { type Serving, sourceRegions } from '../policy/serving';

/** A provider's own id that a client sent in place of one of the deployment's names. */
export interface RawModel {
  /** What it is: an id that the facts hold is named, any other text is never repeated. */
  readonly what: string;
  /** Why it can't be called, and where it would be processed, where the facts tell. */
  readonly why: string;
  readonly outside: boolean;
  /** The deployment's names that the same foundation model serves. */
  readonly sameModel: readonly string[];
}

const PROVIDERS = new Set([...ON_DEMAND_MODELS, ...MODEL_RETENTION].map(({ modelId }) => providerOf(modelId)));

/** Who makes a foundation model, by its id: `anthropic`. */
export function providerOf(modelId: string): string {
  return modelId.slice(0, Math.max(0, modelId.indexOf('.')));
}

/** What a client meant by a provider's own id; none when the text isn't one. */
export function findRawModel(serving: Serving, text: string): RawModel | undefined {
  const kind = kindOf(text);
  if (kind === undefined) return undefined;
  const decisions = sourceRegions(serving).map((region) => decideDestination(serving.boundary, region, text));
  const refusal = decisions.some((decision) => decision.inside) ? undefined : decisions.find((d) => !d.inside);
  const why = refusal && !refusal.inside ? WHY[refusal.reason] : undefined;
  const arn = parseArn(text);
  const id = arn?.resource.replace(/^[^/]*\//, '') ?? text;
  const modelId = looksLikeProfile(id) ? id.slice(id.indexOf('.') + 1) : id;
  const known = findProfile(id) !== undefined || MODEL_IDS.has(id);
  return {
    what: known ? `${kind}, '${id}'` : kind,
    why: (why?.words ?? 'only the names of this deployment can be called') + places(serving, id, arn?.region),
    outside: why?.outside ?? false,
    sameModel: [...serving.models]
      .filter(([, destinations]) => destinations.some((destination) => destination.modelId === modelId))
      .map(([name]) => name),
  };
}

const MODEL_IDS = new Set([...ON_DEMAND_MODELS, ...MODEL_RETENTION].map(({ modelId }) => modelId));

/** The Regions outside where it would or might be processed: ` (us-east-1, Virginia (US))`. */
function places(serving: Serving, id: string, arnRegion = ''): string {
  const profile = findProfile(id);
  const routes =
    profile === undefined ? [] : sourceRegions(serving).flatMap((from) => destinationsOf(profile, from) ?? []);
  const codes = [...new Set([arnRegion, ...routes])]
    .filter((code) => findRegion(code) !== undefined && !serving.boundary.containsRegion(code))
    .sort();
  return codes.length === 0 ? '' : ` (${codes.map((code) => `${code}, ${where(code)}`).join('; ')})`;
}

function kindOf(text: string): string | undefined {
  if (text.startsWith('arn:')) return 'an ARN';
  if (findProfile(text) !== undefined || looksLikeProfile(text)) return 'an inference profile';
  return PROVIDERS.has(providerOf(text)) && providerOf(text) !== '' ? "a provider's model id" : undefined;
}

const unproven = (words: string) => ({ outside: false, words });
const leaves = (words: string) => ({ outside: true, words });

const WHY: Readonly<Record<RefusalReason, { readonly outside: boolean; readonly words: string }>> = {
  outside: leaves('it is processed outside the boundary'),
  anywhere: leaves('it may be processed in any Region of the world'),
  'routes-outside': leaves('it may be processed in a Region outside the boundary'),
  unknown: unproven('where it is processed is not known'),
  unreliable: unproven('where it is processed was never confirmed'),
  malformed: unproven('it does not belong to a Region that this deployment calls'),
  placeless: unproven('it names no Region'),
  'no-route': unproven('where it leads from the Regions of this deployment is not known'),
  'not-served': unproven('the Regions of this deployment do not serve it themselves'),
  opaque: unproven('it hides which model and Regions it leads to'),
  'keeps-content': unproven('its provider may keep content'),
};
