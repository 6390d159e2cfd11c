import { closestFirst } from '../../boundary/alternatives';
import { throughApi } from '../../boundary/bedrock-api';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Refused } from '../../boundary/decision';
import { type Destination, decideDestination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { refusedBedrock } from '../../boundary/owner';
import { rowOf, withFurtherRegions } from '../../boundary/profile-row';
import type { AnyDestination } from '../../boundary/server';
import { findRegion } from '../../facts/region';
import { kindNotServed, usableTargets } from '../model/usable';
import { type Partly, present, valueAt } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import { PROFILE_ROWS_FILE } from '../schema/profile-rows-schema';
import type { ResidencyFile } from '../schema/schema';
import { asFound } from './as-found';
import type { Subject } from './check';
import { outside } from './regions';
import { resolveServer } from './servers';
import { similarTarget } from './similar';

/** The models of a file with the destinations that may serve them, and the problems of the others. */
export interface ResolvedModels {
  readonly destinations: ReadonlyMap<string, readonly AnyDestination[]>;
  readonly problems: readonly Problem[];
}

type Target = Partly<NonNullable<ResidencyFile['models']>[number]['destinations'][number]>;

/** Decides every destination of every model by the boundary. */
export function resolveModels(subject: Subject): ResolvedModels {
  const destinations = new Map<string, AnyDestination[]>();
  const problems: Problem[] = [];
  for (const [index, model] of present(subject.draft.models)) {
    const reached: AnyDestination[] = [];
    for (const [position, target] of present(model.destinations)) {
      const path = ['models', index, 'destinations', position];
      const outcome = resolveServer(subject, path, target) ?? resolve(subject, path, target);
      if (Array.isArray(outcome)) problems.push(...outcome);
      else if (outcome !== undefined && reached.some((other) => isSame(other, outcome))) {
        problems.push({ path, text: `found '${outcome.id}' a second time; remove one of them` });
      } else if (outcome !== undefined) reached.push(outcome);
    }
    if (model.id !== undefined && !destinations.has(model.id)) destinations.set(model.id, reached);
  }
  return { destinations, problems };
}

const isSame = (a: AnyDestination, b: AnyDestination) =>
  a.id === b.id && a.sourceRegion === b.sourceRegion && apiOf(a) === apiOf(b);

const apiOf = (one: AnyDestination) => (one.provider === 'bedrock' ? one.api : undefined);

function resolve(subject: Subject, path: Path, { bedrock, region, api }: Target): Destination | Problem[] | undefined {
  const { boundary, primary, raw } = subject;
  const regionPath = [...path, 'region'];
  const regionProblems = outside(boundary, region, regionPath);
  if (regionProblems.length > 0) return regionProblems;
  const regionIsWrong = region === undefined && valueAt(raw, regionPath) !== undefined;
  if (boundary === undefined || bedrock === undefined || regionIsWrong) return undefined;

  const source = region ?? primary;
  const partition = findRegion(primary ?? '')?.partition;
  if (partition !== undefined && region !== undefined && findRegion(region)?.partition !== partition) {
    const text =
      `found '${region}' in partition ${findRegion(region)?.partition}, but the primary Region '${primary}' is in partition ` +
      `${partition}, and an account can't use another partition; use one of ${boundary.regionCodes(partition).join(', ')}`;
    return [{ path: regionPath, text }];
  }
  if (source === undefined) return fromAnywhere(boundary, [...path, 'bedrock'], bedrock);
  const decision = decideDestination(boundary, source, bedrock, subject.draft.account);
  if (!decision.inside) return [{ path: [...path, 'bedrock'], text: refusal(boundary, source, bedrock, decision) }];
  const kind = kindNotServed(factsOf(boundary), decision.destination.modelId);
  if (kind !== undefined) {
    const text =
      `found '${bedrock}', a model of the kind '${kind}'; not available in this version: the gateway supports only ` +
      `chat and text embeddings; ${among(boundary, source, bedrock)}`;
    return [{ path: [...path, 'bedrock'], text }];
  }
  const foreign = subject.draft.providers?.euOwnedOnly === true ? refusedBedrock(bedrock) : undefined;
  if (foreign !== undefined) {
    return [{ path: [...path, 'bedrock'], text: `found '${bedrock}', but ${foreign.detail}` }];
  }
  const row = rowOf(subject.profileRows, decision.destination.id, source);
  const read = withFurtherRegions(boundary, decision, row?.regions ?? []);
  if (read.inside) {
    const called = throughApi(boundary, read, api);
    return called.inside
      ? called.destination
      : [{ path: [...path, 'api'], text: `found '${api}', but ${called.detail}` }];
  }
  const text =
    `${asFound(bedrock, read.detail)} on ${row?.asOf} (${PROFILE_ROWS_FILE}); use another destination, or ask Bedrock again with ` +
    "'eu-residency facts verify --write'";
  return [{ path: [...path, 'bedrock'], text }];
}

/** Without a primary Region, reports only what is true of every Region. */
function fromAnywhere(boundary: ResidencyBoundary, path: Path, bedrock: string): Problem[] | undefined {
  const [source] = boundary.regionCodes();
  if (source === undefined) return undefined;
  const decision = decideDestination(boundary, source, bedrock);
  if (decision.inside || (decision.reason !== 'anywhere' && decision.reason !== 'unknown')) return undefined;
  return [{ path, text: refusal(boundary, source, bedrock, decision) }];
}

function refusal(boundary: ResidencyBoundary, source: string, bedrock: string, { reason, detail }: Refused): string {
  const text = asFound(bedrock, detail);
  if (reason === 'unreliable' || (reason === 'no-route' && factsOf(boundary).profile(bedrock)?.routes === null)) {
    return `${text}${admitIt(bedrock)}`;
  }
  if (reason !== 'unknown') return text;
  const ids = usableTargets(boundary, source).map(({ id }) => id);
  const match = similarTarget(bedrock, ids);
  // The alternatives would only distract from it.
  if (match !== undefined) return `${text.split(';')[0]}; did you mean '${match}'?`;
  return `${detail.includes(';') ? text : `${text}; ${among(boundary, source, bedrock)}`}${admitIt(bedrock)}`;
}

/** What Bedrock itself answers about a model, which the owner can admit, counts as a fact. A global profile never does. */
const admitIt = (id: string) =>
  /^(?!global\.)[a-z0-9-]+\.[a-z0-9]/.test(id)
    ? `; if Bedrock serves it to you, admit its answer with 'eu-residency facts admit ${id}'`
    : '';

function among(boundary: ResidencyBoundary, source: string, bedrock: string): string {
  const ids = closestFirst(boundary, usableTargets(boundary, source), bedrock);
  return ids.length === 0
    ? `the facts list no model that stays inside ${boundary.label} from ${source}`
    : `allowed from ${source}, among others: ${ids.slice(0, 3).join(', ')}`;
}
