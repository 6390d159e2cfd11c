import type { Facts } from '../facts/facts';
import { isReliable } from '../facts/reliance';
import type { ProfileFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { factsOf } from './facts-of';
import { lifeOf, newestFirst } from './lifecycle';
import { likelyKind, makerOf } from './model-kind';
import { destinationsOf } from './routes';

/** What may be used instead: a model or profile, or a deployment's own name for one. */
export interface Candidate {
  readonly id: string;
  readonly modelId: string;
}

/** What to use instead of a refused id: the same model by another id, or the newest models of the same maker first. */
export function alternatives(boundary: ResidencyBoundary, sourceRegion: string, refused: string): string {
  const facts = factsOf(boundary);
  const usable = candidates(boundary, sourceRegion);
  const same = sameModel(facts, usable, refused);
  if (same !== undefined) return `use '${same.id}', which stays inside the boundary`;
  const ids = closestFirst(boundary, usable, refused).slice(0, 3);
  return ids.length > 0
    ? `models and profiles that stay inside the boundary from ${sourceRegion} include ${ids.join(', ')}`
    : `the facts contain no model that stays inside ${boundary.label} from ${sourceRegion}`;
}

/** The ids of {@link byCloseness}, each model once. */
export function closestFirst(boundary: ResidencyBoundary, ids: readonly Candidate[], refused: string): string[] {
  const seen = new Set<string>();
  return byCloseness(boundary, ids, refused)
    .filter(({ modelId }) => !seen.has(modelId) && seen.add(modelId))
    .map(({ id }) => id);
}

/** Whether an id is another one with its date and version, or the same. */
export const isVersionOf = (id: string, model: string): boolean =>
  id.startsWith(model) && VERSION.test(id.slice(model.length));

/** The rest of an id after the name of the model, or nothing: `-20250929-v1:0`. */
const VERSION = /^(-\d{8})?(-v\d+)?(:\d+)?$/;

/** The same model by another id. Clients and documents often leave out its date and version. */
function sameModel(facts: Facts, usable: readonly Candidate[], refused: string): Candidate | undefined {
  const model = modelIdOf(facts, refused);
  return usable.find(({ modelId }) => modelId === model) ?? usable.find(({ modelId }) => isVersionOf(modelId, model));
}

/** The candidates in the order in which they replace another id: same kind, same maker, with a life ahead, newest. */
export function byCloseness(boundary: ResidencyBoundary, usable: readonly Candidate[], refused: string): Candidate[] {
  const facts = factsOf(boundary);
  const model = modelIdOf(facts, refused);
  const maker = makerOf(model);
  const kind = likelyKind(facts, model);
  const rankOf = ({ modelId }: Candidate) =>
    (likelyKind(facts, modelId) === kind ? 0 : 4) +
    (makerOf(modelId) === maker ? 0 : 2) +
    (lifeOf(facts, modelId).state === 'active' ? 0 : 1);
  // Once for each, because a sort compares each with several others.
  const ranked = usable.map((candidate) => ({ candidate, rank: rankOf(candidate) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || newestFirst(facts, a.candidate.modelId, b.candidate.modelId))
    .map(({ candidate }) => candidate);
}

function candidates(boundary: ResidencyBoundary, sourceRegion: string): Candidate[] {
  if (!boundary.containsRegion(sourceRegion)) return [];
  const facts = factsOf(boundary);
  const profiles = facts.profiles.flatMap(({ id, modelId }) => {
    const row = facts.profileFrom(id, sourceRegion);
    return modelId !== null && row !== undefined && routesInside(boundary, sourceRegion, row) ? [{ id, modelId }] : [];
  });
  const models = facts.onDemandModels
    .filter((model) => isReliable(model) && model.regions.includes(sourceRegion))
    .map(({ modelId }) => ({ id: modelId, modelId }));
  return [...profiles, ...models].filter(({ modelId }) => lifeOf(facts, modelId).state !== 'ended');
}

const routesInside = (boundary: ResidencyBoundary, sourceRegion: string, profile: ProfileFact): boolean =>
  isReliable(profile) &&
  (destinationsOf(profile, sourceRegion)?.every((code) => boundary.containsRegion(code)) ?? false);

/** The model behind an id: that of its profile, or the id without a geography. */
function modelIdOf(facts: Facts, id: string): string {
  const profile = facts.profile(id);
  if (profile?.modelId != null) return profile.modelId;
  const rest = id.slice(id.indexOf('.') + 1);
  return /^[a-z0-9-]+\.[a-z]/.test(rest) ? rest : id;
}
