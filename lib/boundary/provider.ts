import { isReliable } from '../facts/reliance';
import { isReservedProvider } from '../facts/services';
import type { ProviderFact, ServiceFact } from '../facts/types';
import { AZURE_RESOURCE, type AzurePlace, decideAzure } from './azure';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import type { DeclaredProvider } from './declared-provider';
import { factsOf } from './facts-of';
import { decideHost } from './host';
import { matchesHost } from './host-pattern';
import { refusedOwner } from './owner';
import { refusedRetention } from './retained-outside';
import { decideOpenAi, type OpenAiTerms, type ReachableServer } from './server';
import { acceptanceOf, europeOf, refusedWider, widerEuropeOf } from './wider-europe';

/** A provider's model, by the provider's own name for it; Azure's is that of the deployment. */
export interface ProviderModel {
  readonly model: string;
  readonly kind: 'text' | 'embedding';
}

/** What a deployment's owner requires of providers. */
export interface ProviderRules {
  /** Whether the tenant's content may be retained. */
  readonly keepsContent: boolean;
  /**
   * Whether only companies under the law of EU member states may be called.
   *
   * @default false
   */
  readonly euOwnedOnly?: boolean;
}

/** The form of the name of a declared provider, which begins the IDs of its destinations. */
export const PROVIDER_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Whether a model of a declared provider may be called. Its host must be inside the boundary by the facts, or the owner accepts a place
 * that is wider; and where nothing may be retained, the facts or a declared contract must say that it isn't.
 */
export function decideProvider(
  boundary: ResidencyBoundary,
  declared: DeclaredProvider,
  { model, kind }: ProviderModel,
  { keepsContent, euOwnedOnly = false }: ProviderRules,
): ReachableServer | Refused {
  if (declared.service === 'openai') {
    return decideOpenAi(boundary, model, openAiTermsOf(declared), keepsContent, euOwnedOnly);
  }
  const facts = factsOf(boundary);
  const service = facts.service(declared.service);
  const fact = service && facts.provider(service.provider);
  const named = hostOf(declared, service);
  if (typeof named !== 'string') return named;
  const host = named;
  const place: Place = { kind: 'host', value: host };
  if (service === undefined || fact === undefined || !isReliable(service) || !isReliable(fact)) {
    const offered = service?.provider ?? declared.service;
    return refused(
      place,
      'unreliable',
      `no reliable source confirms how ${offered} is called and what it does with data`,
    );
  }
  const foreign = euOwnedOnly ? refusedOwner(place, service.company ?? service.provider, service) : undefined;
  if (foreign !== undefined) return foreign;
  if (service.basePath === null) {
    return refused(
      place,
      'not-served',
      `'${host}' accepts only short-lived tokens, and this version doesn't obtain any; use another provider`,
    );
  }
  const processed =
    declared.service === 'azure'
      ? decideAzure(boundary, declared, model, host, keepsContent)
      : processedAt(boundary, declared, host, fact);
  if (!processed.inside) return processed;
  const retained = keepsContent
    ? undefined
    : refusedRetention(place, fact, declared.zeroRetention !== undefined, contractOf(declared));
  if (retained !== undefined) return retained;
  const { regions, accepted, until } = processed;
  return {
    inside: true,
    place,
    destination: {
      provider: 'external',
      providerName: declared.name,
      service: declared.service,
      id: `${declared.name}/${model}`,
      modelId: model,
      kind,
      sourceRegion: host,
      regions,
      baseUrl: `https://${host}${service.basePath}`,
      schemasMayLeave: declared.schemasMayLeave ?? false,
      ...(accepted !== undefined && { accepted }),
      ...(until !== undefined && { until }),
    },
  };
}

const contractOf = ({ name }: DeclaredProvider): string => `'zeroRetention: { contract: ... }' of provider '${name}'`;

/** The host of a declared provider; nothing in a declaration can make it another service's. */
function hostOf(declared: DeclaredProvider, service: ServiceFact | undefined): string | Refused {
  const { name, resource = '' } = declared;
  if (!PROVIDER_NAME.test(name) || isReservedProvider(name)) {
    const place: Place = { kind: 'unknown', value: name };
    return refused(place, 'malformed', `'${name}' can't be the name of a declared provider`);
  }
  const pattern = service?.host ?? '';
  if (!pattern.includes('<resource>')) return pattern;
  const host = pattern.replace('<resource>', resource);
  if (AZURE_RESOURCE.test(resource) && matchesHost(pattern, host)) return host;
  return refused(
    { kind: 'host', value: pattern },
    'malformed',
    `'${resource}' isn't the name of a resource, which is the first label of '${pattern}': lower-case letters, digits and inner hyphens`,
  );
}

/** The place of a provider with a host of its own. */
function processedAt(
  boundary: ResidencyBoundary,
  { name, accepted }: DeclaredProvider,
  host: string,
  fact: ProviderFact,
): AzurePlace | Refused {
  const decision = decideHost(boundary, host);
  if (decision.inside) {
    const rows = factsOf(boundary).hosts.filter((row) => matchesHost(row.host, host));
    return { inside: true, regions: [...new Set(rows.flatMap(({ countries }) => countries ?? ['EU']))].sort() };
  }
  const europe = widerEuropeOf(fact.provider);
  if (decision.reason !== 'outside' || europe === undefined) return decision;
  const means = europeOf(host, fact);
  const wider = refusedWider(boundary, decision.place, means, accepted, acceptanceOf(name));
  if (wider !== undefined) return wider;
  return { inside: true, regions: europe.places, accepted: `${means}; accepted because ${accepted}` };
}

/** OpenAI Europe in the form of a declared provider, which the egress function decides by. */
export const openAiProvider = ({ reason, zeroRetention, schemasMayLeave }: OpenAiTerms): DeclaredProvider => ({
  name: 'openai',
  service: 'openai',
  accepted: reason,
  ...(zeroRetention && { zeroRetention: 'declared' }),
  ...(schemasMayLeave && { schemasMayLeave }),
});

/** The terms of OpenAI Europe from that form. */
export const openAiTermsOf = ({
  accepted,
  zeroRetention,
  schemasMayLeave,
}: DeclaredProvider): OpenAiTerms | undefined =>
  accepted === undefined
    ? undefined
    : { reason: accepted, zeroRetention: zeroRetention !== undefined, schemasMayLeave: schemasMayLeave ?? false };
