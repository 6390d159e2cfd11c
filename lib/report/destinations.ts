import { BEDROCK_APIS, brokenPromise } from '../boundary/bedrock-api';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { Refused } from '../boundary/decision';
import { type Destination, decideDestination, nameFrom } from '../boundary/destination';
import { factsOf } from '../boundary/facts-of';
import { type ProfileRow, profileAsOf, rowOf, withFurtherRegions } from '../boundary/profile-row';
import { providerOf } from '../boundary/provider-of';
import { destinationsOf as routesOf } from '../boundary/routes';
import { MODELS_METADATA } from '../contract/tags';
import { admissionOf } from '../facts/admissions';
import type { Facts } from '../facts/facts';
import { admittedBy } from '../facts/origin-words';
import { findRegion } from '../facts/region';
import { texts } from '../guard/template/expand';
import { isMap } from '../guard/template/node';
import type { Resource } from '../guard/template/resource';
import { claimed } from './claim';
import { declaredProviders, externalDestination } from './external-destination';
import { type Cell, type DestinationLine, ENFORCED, NOTHING } from './inventory-line';

/** `arn:aws:bedrock:eu-central-1:…:inference-profile/eu.x` or `arn:aws:bedrock:eu-central-1::foundation-model/x`. */
const BEDROCK = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):[^:]*:(inference-profile|foundation-model)\/(.+)$/;

/**
 * The destinations that the roles of a stack can call directly: profiles, and models that no condition ties to a profile.
 * Guardrail profiles, which evaluate what destinations receive, come last. A destination that the boundary refuses says so. Destinations are in the order in which the gateway tries them, as far as its handler's metadata says.
 *
 * @param own the Region of the stack
 */
export function destinationsOf(
  resources: readonly Resource[],
  boundary: ResidencyBoundary,
  now: Date,
  own: string,
  rows: readonly ProfileRow[] = [],
): DestinationLine[] {
  const called = resources
    .filter((resource) => resource.type === 'AWS::IAM::Policy')
    .flatMap((policy) =>
      policy.select('PolicyDocument', 'Statement', '*').map(({ value }) => ({ statement: value, scope: policy.scope })),
    )
    .flatMap(({ statement, scope }) =>
      isMap(statement) && statement.Condition === undefined ? lists(statement.Resource, scope) : [],
    );
  const order = resources.flatMap(orderOf);
  const servers = [...new Set(order.flatMap(({ ids }) => ids).filter((id) => providerOf(id) === 'vpc'))].map((id) =>
    ownServer(id, own),
  );
  const found = [...new Set(called)].flatMap((arn) => destination(arn, boundary, now, own, rows, order));
  const shown = new Set([...found, ...servers].map(({ id }) => id));
  const others = [...new Set(order.flatMap(({ ids }) => ids))].filter((id) => !shown.has(id));
  const declared = declaredProviders(resources);
  const hosts = others.map((id) => externalDestination(id, declared, boundary, now, own) ?? otherHost(id, own));
  return [...found, ...servers, ...hosts, ...guardrailProfilesIn(called, own)]
    .map((line) => ({
      ...line,
      models: order
        .filter(({ ids }) => ids.includes(line.id))
        .map(({ model, ids }) => `${model} ${ids.indexOf(line.id) + 1}`),
    }))
    .sort((a, b) => rank(order, a.id) - rank(order, b.id));
}

interface Order {
  readonly model: string;
  readonly ids: readonly string[];
}

/** The destinations that a gateway's handler tries for each model; the policy that it reads isn't in the template. */
function orderOf({ raw }: Resource): Order[] {
  const models = isMap(raw.Metadata) ? raw.Metadata[MODELS_METADATA] : undefined;
  return isMap(models)
    ? Object.entries(models).map(([model, ids]) => ({ model, ids: Array.isArray(ids) ? ids.map(String) : [] }))
    : [];
}

/** The first position of a destination among those of all models; one that no model names comes last. */
function rank(order: readonly Order[], id: string): number {
  const at = order.flatMap(({ ids }) => ids).indexOf(id);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

/** A server that no role names: a security group allows only its addresses. Only its owner knows what it retains. */
const ownServer = (id: string, own: string): Omit<DestinationLine, 'models'> => ({
  id,
  sourceRegion: own,
  regions: [],
  processedIn: { text: "a server of the deployment's own network", basis: ENFORCED },
  providerRetains: { text: 'what its owner configures', basis: NOTHING },
});

/** A destination that a gateway tries though no role of the stack names it, such as another provider's host. */
const otherHost = (id: string, own: string): Omit<DestinationLine, 'models'> => ({
  id,
  sourceRegion: own,
  regions: [],
  processedIn: { text: 'unknown', basis: NOTHING },
  providerRetains: { text: 'unknown', basis: NOTHING },
  refused: { reason: 'opaque', detail: 'no role of the stack names it, so the template does not say where it is' },
});

/** The guardrail profiles of a role. Bedrock evaluates content in each Region of a profile, and the role may use no other. */
function guardrailProfilesIn(arns: readonly string[], own: string): Omit<DestinationLine, 'models'>[] {
  const regions = new Map<string, Set<string>>();
  for (const arn of arns) {
    const [, region, id] = /^arn:[a-z-]+:bedrock:([a-z0-9-]+):[^:]*:guardrail-profile\/(.+)$/.exec(arn) ?? [];
    if (region !== undefined && id !== undefined) regions.set(id, (regions.get(id) ?? new Set()).add(region));
  }
  return [...regions].map(([id, codes]) => ({
    id,
    sourceRegion: own,
    regions: [...codes].sort(),
    processedIn: { text: countriesOf([...codes].sort()), basis: ENFORCED },
    providerRetains: { text: 'unknown', basis: NOTHING },
  }));
}

const countriesOf = (regions: readonly string[]) =>
  regions.map((code) => `${code} (${findRegion(code)?.country ?? 'unknown'})`).join(', ');

function lists(resource: unknown, scope: Resource['scope']): string[] {
  return (Array.isArray(resource) ? resource : [resource]).flatMap((item) => texts(item, scope));
}

function destination(
  arn: string,
  boundary: ResidencyBoundary,
  now: Date,
  own: string,
  rows: readonly ProfileRow[],
  order: readonly Order[],
): Omit<DestinationLine, 'models'>[] {
  const [, region = '', kind, id = ''] = BEDROCK.exec(arn) ?? [];
  if (id === '') return [];
  const row = rowOf(rows, id, region);
  const decision = withFurtherRegions(boundary, decideDestination(boundary, region, id), row?.regions ?? []);
  const facts = factsOf(boundary);
  const profile = facts.profileFrom(id, region);
  const target = decision.inside
    ? decision.destination
    : refusedTarget(facts, { id, region, isModel: kind === 'foundation-model', row, reason: decision.reason });
  const { regions, throughProfile } = target;
  const admitted = admittedBy(admissionOf(facts, id, region));
  return apisOf(order, own, target).map((called) => ({
    id: nameFrom(own, called),
    sourceRegion: region,
    regions,
    modelId: called.modelId,
    processedIn: {
      text: regions.length === 0 ? 'unknown' : countriesOf(regions),
      basis:
        regions.length === 0
          ? NOTHING
          : throughProfile && profile
            ? claimed('profile', { ...profile, asOf: profileAsOf(profile, row, now) }, now, facts.release)
            : ENFORCED,
    },
    providerRetains: providerRetains(facts, called, now),
    ...(admitted !== undefined && { admitted }),
    ...(!decision.inside && { refused: { reason: decision.reason, detail: decision.detail } }),
  }));
}

interface RefusedTarget {
  readonly id: string;
  readonly region: string;
  readonly isModel: boolean;
  readonly row: ProfileRow | undefined;
  readonly reason: Refused['reason'];
}

/** A destination that the boundary refuses, with every Region that is known of it. */
function refusedTarget(facts: Facts, { id, region, isModel, row, reason }: RefusedTarget): Destination {
  const routes = facts.everyProfile(id).flatMap((profile) => routesOf(profile, region) ?? []);
  const known = isModel ? [region] : [...routes, ...(row?.regions ?? [])];
  return {
    provider: 'bedrock',
    id,
    modelId: isModel ? id : (facts.profileFrom(id, region)?.modelId ?? id),
    throughProfile: !isModel,
    sourceRegion: region,
    // The provider may choose any other Region too.
    regions: reason === 'anywhere' ? [] : [...new Set(known)].sort(),
  };
}

/** The destination once for each API by which a gateway calls it. Its role doesn't say by which, so the handler's metadata must. */
function apisOf(order: readonly Order[], own: string, destination: Destination): Destination[] {
  const named = new Set(order.flatMap(({ ids }) => ids));
  const called = BEDROCK_APIS.map((api) => (api === 'converse' ? destination : { ...destination, api }));
  const used = called.filter((one) => named.has(nameFrom(own, one)));
  return used.length === 0 ? [destination] : used;
}

function providerRetains(facts: Facts, { id, modelId, api }: Destination, now: Date): Cell {
  const retention = facts.retention(modelId);
  const broken = api && brokenPromise(facts, { kind: 'destination', value: id }, api, 'retention');
  if (retention === undefined || broken !== undefined) return { text: 'unknown', basis: NOTHING };
  const text = retention.days === 0 ? 'nothing' : `${retention.what}, ${retention.days ?? '?'} days`;
  return { text, basis: claimed('modelRetention', retention, now, facts.release) };
}
