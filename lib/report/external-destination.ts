import type { ResidencyBoundary } from '../boundary/boundary';
import type { DeclaredProvider } from '../boundary/declared-provider';
import { factsOf } from '../boundary/facts-of';
import { decideProvider } from '../boundary/provider';
import { type ProvidersMetadata, readProvidersMetadata } from '../contract/metadata/providers-metadata';
import { PROVIDERS_METADATA } from '../contract/tags';
import { isReliable } from '../facts/reliance';
import type { ProviderFact } from '../facts/types';
import { isMap } from '../guard/template/node';
import type { Resource } from '../guard/template/resource';
import { claimed } from './claim';
import { type Cell, type DestinationLine, type ExternalLine, NOTHING } from './inventory-line';

/** The providers outside AWS that the gateways of a stack may call, by their metadata. */
export function declaredProviders(resources: readonly Resource[]): ProvidersMetadata {
  const all = resources.flatMap(({ raw }) =>
    isMap(raw.Metadata) && raw.Metadata[PROVIDERS_METADATA] !== undefined
      ? [readProvidersMetadata(raw.Metadata[PROVIDERS_METADATA])]
      : [],
  );
  return {
    euOwnedOnly: all.some(({ euOwnedOnly }) => euOwnedOnly),
    providers: all.flatMap(({ providers }) => providers),
  };
}

/** A destination at a declared provider, by the same decision as the gateway's; none if no such provider is declared. */
export function externalDestination(
  id: string,
  { euOwnedOnly, providers }: ProvidersMetadata,
  boundary: ResidencyBoundary,
  now: Date,
  own: string,
): Omit<DestinationLine, 'models'> | undefined {
  const [name = '', ...rest] = id.split('/');
  const declared = providers.find((provider) => provider.name === name);
  if (declared === undefined) return undefined;
  const facts = factsOf(boundary);
  const model = rest.join('/');
  // What is retained has a cell of its own; a project's gateway decides on it too.
  const rules = { keepsContent: true, euOwnedOnly };
  const decision = decideProvider(boundary, declared, { model, kind: 'text' }, rules);
  const service = facts.service(declared.service);
  const fact = service && facts.provider(service.provider);
  const by = service?.provider ?? declared.service;
  const [host] = facts.hosts.filter((row) => row.host === service?.host);
  const places = decision.inside ? decision.destination.regions.join(', ') : 'unknown';
  return {
    id,
    sourceRegion: own,
    regions: [],
    processedIn: {
      text: places,
      basis: decision.inside && host ? claimed('host', host, now, facts.release, by) : NOTHING,
    },
    providerRetains: retainedBy(declared, fact, now),
    external: {
      name,
      service: declared.service,
      provider: by,
      host: decision.place.value,
      company: service?.company ?? null,
      ownerCountry: service?.ownerCountry ?? null,
      sharedCdn: service?.sharedCdn ?? null,
      retainsAnyway: fact?.keptAnyway ?? 'unknown',
      ...promiseOf(declared),
      ...deploymentOf(declared, model),
    },
    ...(!decision.inside && { refused: { reason: decision.reason, detail: decision.detail } }),
  };
}

/** What a provider retains of content, by the facts or by the contract that the owner declares. */
function retainedBy({ zeroRetention }: DeclaredProvider, fact: ProviderFact | undefined, now: Date): Cell {
  if (fact === undefined || !isReliable(fact)) return { text: 'unknown', basis: NOTHING };
  const basis = claimed('modelRetention', fact, now, undefined, fact.provider);
  if (fact.daysDefault === 0) return { text: 'nothing', basis };
  if (zeroRetention !== undefined && fact.days === 0) return { text: 'nothing', basis: { kind: 'set', by: CONTRACT } };
  return { text: fact.daysDefault === null ? 'content, ? days' : `content, ${fact.daysDefault} days`, basis };
}

/** Whose word it is that a provider retains nothing of a customer with such a contract. */
const CONTRACT = 'the declared contract';

const promiseOf = ({ accepted, zeroRetention }: DeclaredProvider): Pick<ExternalLine, 'accepted' | 'contract'> => ({
  ...(accepted !== undefined && { accepted }),
  ...(zeroRetention !== undefined && { contract: zeroRetention }),
});

function deploymentOf({ deployments }: DeclaredProvider, model: string): Pick<ExternalLine, 'deployment'> {
  const found = deployments?.find(({ name }) => name === model);
  if (found === undefined) return {};
  const { sku, readOn } = found;
  return { deployment: { sku, ...(readOn !== undefined && { readOn }) } };
}
