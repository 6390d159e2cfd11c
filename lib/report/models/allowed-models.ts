import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Destination, decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { kindOf } from '../../boundary/model-kind';
import { mayServeWithoutRetention } from '../../boundary/retention';
import { kindNotServed } from '../../config/model/usable';
import { admissionOf } from '../../facts/admissions';
import { isStale } from '../../facts/age';
import type { Facts } from '../../facts/facts';
import { admittedBy } from '../../facts/origin-words';

/** A model or inference profile that a boundary allows. */
export interface AllowedModel {
  readonly id: string;
  /** The foundation model behind it. */
  readonly modelId: string;
  /** Its kind; null if the facts don't say. */
  readonly kind: string | null;
  /** Whether the gateway of this version can call it. */
  readonly served: boolean;
  /** The Regions that can call it, and those that may then process a request. */
  readonly routes: readonly { readonly from: readonly string[]; readonly processedIn: readonly string[] }[];
  /** The date of the fact for the routes. */
  readonly routesAsOf: string;
  readonly routesStale: boolean;
  readonly keeps: Keeps;
  /** Who admitted it, if no release of the facts allows it. */
  readonly admitted: string | null;
}

/** What a model's provider retains of a request while the Region's retention mode is `none`; the names are part of the JSON. */
export interface Keeps {
  readonly what: string;
  readonly days: number | null;
  readonly by: string | null;
  /** Whether a project may use it: nothing of a project may be retained. */
  readonly mayServeProjects: boolean;
  readonly asOf: string | null;
  readonly stale: boolean;
}

/**
 * Every model and profile that a Region in the boundary can call.
 *
 * @param region only what this Region can call
 */
export function allowedModels(boundary: ResidencyBoundary, region: string | undefined, now: Date): AllowedModel[] {
  const sources = region === undefined ? boundary.regionCodes() : [region];
  const facts = factsOf(boundary);
  const ids = [...facts.onDemandModels.map(({ modelId }) => modelId), ...facts.profiles.map(({ id }) => id)];
  return ids.flatMap((id) => {
    const reached = sources.flatMap((source) => {
      const decision = decideDestination(boundary, source, id);
      return decision.inside ? [decision.destination] : [];
    });
    const [first] = reached;
    return first === undefined ? [] : [describe(facts, first, reached, now)];
  });
}

function describe(
  facts: Facts,
  { id, modelId, sourceRegion }: Destination,
  reached: readonly Destination[],
  now: Date,
): AllowedModel {
  const profile = facts.profileFrom(id, sourceRegion);
  const fact = profile ?? facts.onDemandModelFrom(id, sourceRegion);
  return {
    id,
    modelId,
    kind: kindOf(facts, modelId) ?? null,
    served: kindNotServed(facts, modelId) === undefined,
    routes: routesOf(reached),
    routesAsOf: fact?.asOf ?? 'never',
    routesStale: fact === undefined || isStale(profile === undefined ? 'onDemandModel' : 'profile', fact, now),
    keeps: keepsOf(facts, modelId, now),
    admitted: admittedBy(admissionOf(facts, id, sourceRegion)) ?? null,
  };
}

/** Regions whose requests may be processed in the same Regions share a row. */
function routesOf(reached: readonly Destination[]): AllowedModel['routes'] {
  const ways = [...new Set(reached.map(({ regions }) => regions.join()))];
  return ways.map((way) => {
    const same = reached.filter(({ regions }) => regions.join() === way);
    return { from: same.map(({ sourceRegion }) => sourceRegion), processedIn: same[0]?.regions ?? [] };
  });
}

function keepsOf(facts: Facts, modelId: string, now: Date): Keeps {
  const fact = facts.retention(modelId);
  return {
    what: fact?.what ?? 'unknown',
    days: fact?.days ?? null,
    by: fact?.keeper ?? null,
    mayServeProjects: mayServeWithoutRetention(facts, modelId).inside,
    asOf: fact?.asOf ?? null,
    stale: fact === undefined || isStale('modelRetention', fact, now),
  };
}
