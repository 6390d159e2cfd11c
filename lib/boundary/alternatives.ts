import type { Facts } from '../facts/facts';
import { isReliable } from '../facts/reliance';
import type { ProfileFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { factsOf } from './facts-of';
import { lifeOf } from './lifecycle';
import { likelyKind, makerOf } from './model-kind';
import { destinationsOf } from './routes';

/** A model or profile that stays inside the boundary from a Region. */
interface Candidate {
  readonly id: string;
  readonly modelId: string;
}

/** What to use instead of a refused id: the same model by another id, or the newest models of the same maker first. */
export function alternatives(boundary: ResidencyBoundary, sourceRegion: string, refused: string): string {
  const facts = factsOf(boundary);
  const usable = candidates(boundary, sourceRegion);
  const same = usable.find(({ modelId }) => modelId === modelIdOf(facts, refused));
  if (same !== undefined) return `use '${same.id}', which stays inside the boundary`;
  const ids = byCloseness(facts, usable, refused)
    .slice(0, 3)
    .map(({ id }) => id);
  return ids.length > 0
    ? `models and profiles that stay inside the boundary from ${sourceRegion} include ${ids.join(', ')}`
    : `the facts contain no model that stays inside ${boundary.label} from ${sourceRegion}`;
}

/** The ids in the order in which they replace another one: same kind, same maker, newest. */
export function closestFirst(boundary: ResidencyBoundary, ids: readonly Candidate[], refused: string): string[] {
  return byCloseness(factsOf(boundary), ids, refused).map(({ id }) => id);
}

function byCloseness(facts: Facts, usable: readonly Candidate[], refused: string): Candidate[] {
  const model = modelIdOf(facts, refused);
  const maker = makerOf(model);
  const kind = likelyKind(facts, model);
  const rank = ({ modelId }: Candidate) =>
    (likelyKind(facts, modelId) === kind ? 0 : 2) + (makerOf(modelId) === maker ? 0 : 1);
  const released = ({ modelId }: Candidate) => facts.model(modelId)?.releasedAt ?? '';
  return [...usable].sort((a, b) => rank(a) - rank(b) || released(b).localeCompare(released(a)));
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
