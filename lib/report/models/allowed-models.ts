import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Destination, decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { lifeOf, newestFirst } from '../../boundary/lifecycle';
import { kindOf, likelyKind } from '../../boundary/model-kind';
import { type ProfileRow, profileAsOf, rowOf, withFurtherRegions } from '../../boundary/profile-row';
import { mayServeWithoutRetention } from '../../boundary/retention';
import { kindNotServed } from '../../config/model/usable';
import { admissionOf } from '../../facts/admissions';
import { isStale } from '../../facts/age';
import type { Facts } from '../../facts/facts';
import { admittedBy } from '../../facts/origin-words';
import { releaseOrigin } from '../../facts/release';
import { type Price, priceOf } from './price-of';

/** A model or inference profile that a boundary allows. */
export interface AllowedModel {
  readonly id: string;
  /** The foundation model behind it. */
  readonly modelId: string;
  /** Its kind; null if the facts don't say and the gateway doesn't serve it. */
  readonly kind: string | null;
  /** The days of its life, `YYYY-MM-DD`; null if none is known or announced. */
  readonly releasedAt: string | null;
  readonly legacyFrom: string | null;
  readonly endsAt: string | null;
  /** The earliest day on which it can end; it isn't an end. */
  readonly endsNotBefore: string | null;
  /** Whether it is closed to new customers, or ends soon. */
  readonly ending: boolean;
  /** Whether the gateway of this version can call it. */
  readonly served: boolean;
  /** The Regions that can call it, and those that may then process a request. */
  readonly routes: readonly { readonly from: readonly string[]; readonly processedIn: readonly string[] }[];
  /** The date of the oldest fact for the routes, or of the provider's own later answer. */
  readonly routesAsOf: string;
  /** The facts release that has it; none if it is the package's. */
  readonly routesOrigin?: string;
  readonly routesStale: boolean;
  readonly keeps: Keeps;
  /** What it costs, called from the first of its Regions; null if no source in the facts says it. */
  readonly price: Price | null;
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
  /** The facts release that has it; none if it is the package's. */
  readonly origin?: string;
  readonly stale: boolean;
}

/** Whether a statement about a model is older than its kind allows. */
export const isAnyStale = ({ routesStale, keeps }: AllowedModel): boolean => routesStale || keeps.stale;

/**
 * Every model and profile that a Region in the boundary can call, the newest first.
 *
 * @param region only what this Region can call
 * @param rows Regions that the provider itself reported for profiles: they renew the dates of the facts, and can refuse
 */
export function allowedModels(
  declared: ResidencyBoundary,
  region: string | undefined,
  now: Date,
  rows: readonly ProfileRow[] = [],
): AllowedModel[] {
  const boundary = declared._withFacts(factsOf(declared).at(() => now));
  const sources = region === undefined ? boundary.regionCodes() : [region];
  const facts = factsOf(boundary);
  const ids = [...facts.onDemandModels.map(({ modelId }) => modelId), ...facts.profiles.map(({ id }) => id)];
  const models = ids.flatMap((id) => {
    const reached = sources.flatMap((source) => {
      const further = rowOf(rows, id, source)?.regions ?? [];
      const decision = withFurtherRegions(boundary, decideDestination(boundary, source, id), further);
      return decision.inside ? [decision.destination] : [];
    });
    const [first] = reached;
    return first === undefined ? [] : [describe(facts, first, reached, rows, now)];
  });
  return models.sort((a, b) => newestFirst(facts, a.modelId, b.modelId));
}

function describe(
  facts: Facts,
  { id, modelId, sourceRegion }: Destination,
  reached: readonly Destination[],
  rows: readonly ProfileRow[],
  now: Date,
): AllowedModel {
  const [oldest = 'never'] = reached.map((destination) => routesDate(facts, destination, rows, now)).sort();
  const row = facts.profileFrom(id, sourceRegion) ?? facts.onDemandModelFrom(id, sourceRegion);
  const routesOrigin = releaseOrigin(facts.release, row?.origin);
  const served = kindNotServed(facts, modelId) === undefined;
  const { releasedAt = null, legacyFrom = null, endsAt = null, endsNotBefore = null } = facts.model(modelId) ?? {};
  return {
    id,
    modelId,
    // The gateway serves a model of unknown kind as the kind that its id makes likely.
    kind: kindOf(facts, modelId) ?? (served ? likelyKind(facts, modelId) : null),
    served,
    releasedAt,
    legacyFrom,
    endsAt,
    endsNotBefore,
    ending: lifeOf(facts, modelId).state !== 'active',
    routes: routesOf(reached),
    routesAsOf: oldest,
    ...(routesOrigin && { routesOrigin }),
    routesStale: oldest === 'never' || isStale(id === modelId ? 'onDemandModel' : 'profile', { asOf: oldest }, now),
    keeps: keepsOf(facts, modelId, now),
    price: priceOf(id, sourceRegion, now) ?? null,
    admitted: admittedBy(admissionOf(facts, id, sourceRegion)) ?? null,
  };
}

/** The date of the knowledge about where a destination is processed. */
function routesDate(facts: Facts, { id, sourceRegion }: Destination, rows: readonly ProfileRow[], now: Date): string {
  const profile = facts.profileFrom(id, sourceRegion);
  if (profile === undefined) return facts.onDemandModelFrom(id, sourceRegion)?.asOf ?? 'never';
  return profileAsOf(profile, rowOf(rows, id, sourceRegion), now);
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
  const origin = releaseOrigin(facts.release, fact?.origin);
  return {
    what: fact?.what ?? 'unknown',
    days: fact?.days ?? null,
    by: fact?.keeper ?? null,
    mayServeProjects: mayServeWithoutRetention(facts, modelId).inside,
    asOf: fact?.asOf ?? null,
    ...(origin && { origin }),
    stale: fact === undefined || isStale('modelRetention', fact, now),
  };
}
