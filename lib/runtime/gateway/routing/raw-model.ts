import { byCloseness } from '../../../boundary/alternatives';
import { parseArn } from '../../../boundary/arn-parts';
import type { RefusalReason } from '../../../boundary/decision';
import { decideDestination } from '../../../boundary/destination';
import { factsOf } from '../../../boundary/facts-of';
import { makerOf, modelIdIn } from '../../../boundary/model-kind';
import { looksLikeProfile } from '../../../boundary/profile-id';
import { where } from '../../../boundary/region';
import { destinationsOf } from '../../../boundary/routes';
import type { Facts } from '../../../facts/facts';
import { findRegion } from '../../../facts/region';
import { type AdmittedPolicy, sourceRegions } from '../policy/admitted-policy';

/** A provider's own ID that a client sent instead of one of the deployment's names. */
export interface RawModel {
  /** Its description. An ID from the facts is named; any other text is never repeated. */
  readonly what: string;
  /** The reason why it can't be called, and its Regions if the facts contain them. */
  readonly why: string;
  readonly outside: boolean;
  /** The deployment's names for the same foundation model. */
  readonly sameModel: readonly string[];
  /** All of the deployment's names, those of the same kind and maker first, and the newest of them first. */
  readonly closest: readonly string[];
}

/** A provider's own ID in a client's text; undefined if the text isn't one. */
export function findRawModel(policy: AdmittedPolicy, text: string): RawModel | undefined {
  const facts = factsOf(policy.boundary);
  const kind = kindOf(facts, text);
  if (kind === undefined) return undefined;
  const decisions = sourceRegions(policy).map((region) => decideDestination(policy.boundary, region, text));
  const refusal = decisions.some((decision) => decision.inside) ? undefined : decisions.find((d) => !d.inside);
  const why = refusal && !refusal.inside ? WHY[refusal.reason] : undefined;
  const arn = parseArn(text);
  const id = arn?.resource.replace(/^[^/]*\//, '') ?? text;
  const modelId = modelIdIn(id);
  const known = facts.profile(id) !== undefined || modelIds(facts).includes(id);
  return {
    what: known ? `${kind}, '${id}'` : kind,
    why: (why?.words ?? "only the deployment's own model names can be used") + places(policy, id, arn?.region),
    outside: why?.outside ?? false,
    sameModel: [...policy.models]
      .filter(([, destinations]) => destinations.some((destination) => destination.modelId === modelId))
      .map(([name]) => name),
    closest: byCloseness(
      policy.boundary,
      [...policy.models].map(([name, [first]]) => ({ id: name, modelId: first?.modelId ?? name })),
      id,
    ).map(({ id: name }) => name),
  };
}

const modelIds = (facts: Facts) =>
  [...facts.onDemandModels, ...facts.modelRetention, ...facts.models].map(({ modelId }) => modelId);

/** The Regions outside the boundary that would or might process it: ` (us-east-1, Virginia (US))`. */
function places(policy: AdmittedPolicy, id: string, arnRegion = ''): string {
  const rows = factsOf(policy.boundary).everyProfile(id);
  const routes = sourceRegions(policy).flatMap((from) => rows.flatMap((row) => destinationsOf(row, from) ?? []));
  const codes = [...new Set([arnRegion, ...routes])]
    .filter((code) => findRegion(code) !== undefined && !policy.boundary.containsRegion(code))
    .sort();
  return codes.length === 0 ? '' : ` (${codes.map((code) => `${code}, ${where(code)}`).join('; ')})`;
}

function kindOf(facts: Facts, text: string): string | undefined {
  if (text.startsWith('arn:')) return 'an ARN';
  if (facts.profile(text) !== undefined || looksLikeProfile(text)) return 'an inference profile';
  const maker = makerOf(text);
  const isMaker = maker !== '' && modelIds(facts).some((modelId) => makerOf(modelId) === maker);
  return isMaker ? "a provider's model id" : undefined;
}

const unproven = (words: string) => ({ outside: false, words });
const leaves = (words: string) => ({ outside: true, words });

const WHY: Readonly<Record<RefusalReason, { readonly outside: boolean; readonly words: string }>> = {
  outside: leaves('it is processed outside the boundary'),
  anywhere: leaves('it may be processed in any Region of the world'),
  'routes-outside': leaves('it may be processed in a Region outside the boundary'),
  unknown: unproven('its place of processing is not known'),
  unreliable: unproven('its place of processing was never confirmed'),
  malformed: unproven("it doesn't belong to a Region that this deployment calls"),
  placeless: unproven('it names no Region'),
  'no-route': unproven("its routes from the deployment's Regions are not known"),
  'not-served': unproven("the deployment's Regions don't serve it themselves"),
  ended: unproven('its provider no longer serves it'),
  expired: unproven('the row that admitted it for this deployment has expired'),
  opaque: unproven('it hides the model and Regions that it routes to'),
  'not-eu-owned': unproven("its provider isn't known to be under the law of an EU member state"),
  'keeps-content': unproven('its provider may retain content'),
};
