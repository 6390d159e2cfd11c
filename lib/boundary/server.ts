import { isReliable } from '../facts/reliance';
import type { Service } from '../facts/services';
import { isAddress, isRangeWithin, isWithin, LOOPBACK_RANGES, PRIVATE_RANGES } from './address';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import type { Destination } from './destination';
import { factsOf } from './facts-of';
import { decideHost } from './host';
import { refusedOwner } from './owner';
import { refusedCache } from './prompt-cache';
import { refusedRetention } from './retained-outside';
import { europeOf, refusedWider, widerEuropeOf } from './wider-europe';

/**
 * A server that speaks OpenAI's protocol: OpenAI's European host, a server in the deployment's network, or the host of a declared provider
 * outside AWS (`external`).
 */
export interface ServerDestination {
  readonly provider: 'openai' | 'vpc' | 'external';
  /** The declared provider's name; only with `external`. */
  readonly providerName?: string;
  /** Its service; only with `external`. */
  readonly service?: Service;
  /** Its name in headers and records. */
  readonly id: string;
  /** The server's name for the model. */
  readonly modelId: string;
  readonly kind: 'text' | 'embedding';
  /** The provider's host, or the Region of the network that contains the server. */
  readonly sourceRegion: string;
  /** Every place that may process the request. */
  readonly regions: readonly string[];
  /** The base URL of its paths. */
  readonly baseUrl: string;
  /** The only addresses that connections may use; none if the host's certificate identifies it. */
  readonly addresses?: readonly string[];
  /** Whether a project's structured output schema may be sent to it. */
  readonly schemasMayLeave: boolean;
  /** Why a place outside the boundary is accepted; headers and outputs repeat it. */
  readonly accepted?: string;
  /** The first day on which it serves no more, because a check result is too old then. */
  readonly until?: string;
}

/** Any destination that may process a request. */
export type AnyDestination = Destination | ServerDestination;

/** The terms that a deployment's owner must accept before OpenAI may be called. */
export interface OpenAiTerms {
  /** Why the provider's definition of Europe, which is wider than the boundary, is accepted. */
  readonly reason: string;
  /** Whether the provider has promised zero retention for the API key's project. */
  readonly zeroRetention: boolean;
  readonly schemasMayLeave: boolean;
}

/** A server that may be called. */
export interface ReachableServer {
  readonly inside: true;
  readonly place: Place;
  readonly destination: ServerDestination;
}

/**
 * Whether an OpenAI model may be called at OpenAI's European host. That host processes data beyond the EU and the EEA, so it is
 * inside neither unless the owner accepts it with a reason. A narrower boundary can't be widened that far.
 *
 * @param keepsContent whether the tenant's content may be retained
 * @param euOwnedOnly whether only companies under the law of EU member states may be called
 */
export function decideOpenAi(
  boundary: ResidencyBoundary,
  model: string,
  terms: OpenAiTerms | undefined,
  keepsContent: boolean,
  euOwnedOnly = false,
): ReachableServer | Refused {
  const facts = factsOf(boundary);
  const openai = facts.provider('OpenAI');
  const wider = widerEuropeOf('OpenAI');
  const host = openai?.host ?? 'eu.api.openai.com';
  const place: Place = { kind: 'host', value: host };
  if (openai === undefined || !isReliable(openai) || wider === undefined) {
    return refused(place, 'unreliable', `no reliable source confirms where '${host}' processes data`);
  }
  const foreign = euOwnedOnly
    ? refusedOwner(place, facts.service('openai')?.company ?? 'OpenAI', facts.service('openai'))
    : undefined;
  if (foreign !== undefined) return foreign;
  const europe = europeOf(host, openai);
  if (!decideHost(boundary, host).inside) {
    const how = "'openai: { acceptsWiderEurope: { reason: ... } }'";
    const outside = refusedWider(boundary, place, europe, terms?.reason, how);
    if (outside !== undefined) return outside;
  }
  const retained = keepsContent
    ? undefined
    : refusedRetention(place, openai, terms?.zeroRetention === true, "'openai: { zeroRetention: true }'");
  if (retained !== undefined) return retained;
  const cached = keepsContent ? undefined : refusedCache(place, 'OpenAI', model);
  if (cached !== undefined) return cached;
  const destination: ServerDestination = {
    provider: 'openai',
    id: `openai/${model}`,
    modelId: model,
    kind: /^text-embedding-/.test(model) ? 'embedding' : 'text',
    sourceRegion: host,
    regions: wider.places,
    baseUrl: `https://${host}/v1`,
    schemasMayLeave: terms?.schemasMayLeave ?? false,
    ...(terms && { accepted: `${europe}; accepted because ${terms.reason}` }),
  };
  return { inside: true, place, destination };
}

/** A server in the deployment's own network, as configured. */
export interface NetworkServer {
  readonly url: string;
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  /** @default - every private range */
  readonly addresses?: readonly string[];
  /** The network's Region. */
  readonly region: string;
}

/**
 * Whether a server in the network may be called: only at private addresses, which are checked again for each connection,
 * because a name may resolve to another address later. The local machine counts if the URL itself names it.
 */
export function decideServer({ url, model, kind, addresses, region }: NetworkServer): ReachableServer | Refused {
  const place: Place = { kind: 'host', value: url };
  const [, host = '', port, path = ''] =
    /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])(:\d{1,5})?((?:\/[A-Za-z0-9._~-]+)*)\/?$/.exec(url) ?? [];
  if (host === '' || Number(port?.slice(1) ?? 1) > 65_535 || path.split('/').some((step) => /^\.+$/.test(step))) {
    return refused(
      place,
      'malformed',
      'it must be an http:// or https:// URL with a lower-case host and without user information, query or fragment',
    );
  }
  const name = host.replace(/^\[|\]$/g, '');
  if (!URL.canParse(url) || (!isAddress(name) && new URL(url).hostname !== host)) {
    return refused(
      place,
      'malformed',
      `HTTP clients read '${host}' as another host: write an address as four numbers without leading zeros, or use a name`,
    );
  }
  const isHere = isLoopback(url);
  const allowed = addresses ?? (isHere ? LOOPBACK_RANGES : PRIVATE_RANGES);
  const wide = allowed.find((range) => !isRangeWithin(range, [...PRIVATE_RANGES, ...(isHere ? LOOPBACK_RANGES : [])]));
  if (wide !== undefined) {
    return refused(
      place,
      'outside',
      `'${wide}' isn't a range of private addresses: use one within ${PRIVATE_RANGES.join(', ')}`,
    );
  }
  if (isAddress(name) && !isWithin(name, allowed)) {
    return refused(place, 'outside', `'${name}' isn't in the allowed ranges ${allowed.join(', ')}`);
  }
  const destination: ServerDestination = {
    provider: 'vpc',
    id: `vpc/${model}`,
    modelId: model,
    kind,
    sourceRegion: region,
    regions: [region],
    baseUrl: url.replace(/\/$/, ''),
    addresses: allowed,
    schemasMayLeave: true,
  };
  return { inside: true, place, destination };
}

/** Whether a URL names the calling machine itself. */
export function isLoopback(url: string): boolean {
  const [, host = ''] = /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])/.exec(url) ?? [];
  const name = host.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isWithin(name, LOOPBACK_RANGES);
}
