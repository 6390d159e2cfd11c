import { PROVIDERS } from '../facts/generated/providers';
import { isReliable } from '../facts/reliance';
import { isAddress, isRangeWithin, isWithin, LOOPBACK_RANGES, PRIVATE_RANGES } from './address';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import type { Destination } from './destination';
import { decideHost } from './host';

/** A server that speaks OpenAI's protocol: OpenAI's own in Europe, or one of the deployment's network. */
export interface ServerDestination {
  readonly provider: 'openai' | 'vpc';
  /** How headers and records name it. */
  readonly id: string;
  /** The name by which the server knows the model. */
  readonly modelId: string;
  readonly kind: 'text' | 'embedding';
  /** Where the server is called: the host of a provider, or the Region of the network. */
  readonly sourceRegion: string;
  /** Every place that may process the request. */
  readonly regions: readonly string[];
  /** What its paths begin with. */
  readonly baseUrl: string;
  /** The only addresses that may be connected to; none where the host's certificate says who it is. */
  readonly addresses?: readonly string[];
  /** Whether the schema of a structured output may be sent to it for a project. */
  readonly schemasMayLeave: boolean;
  /** Why a place beyond the boundary is accepted; headers and outputs repeat it. */
  readonly accepted?: string;
}

/** Whatever may process a request. */
export type AnyDestination = Destination | ServerDestination;

/** What an owner has to say before OpenAI may be called. */
export interface OpenAiTerms {
  /** Why the provider's Europe, which is wider than the boundary, is accepted. */
  readonly reason: string;
  /** Whether the provider has promised to keep nothing of what the key's project sends. */
  readonly zeroRetention: boolean;
  readonly schemasMayLeave: boolean;
}

/** A server that may be called. */
export interface ReachableServer {
  readonly inside: true;
  readonly place: Place;
  readonly destination: ServerDestination;
}

const OPENAI = PROVIDERS.find(({ provider }) => provider === 'OpenAI');

/** What the provider calls Europe, as a list of places. */
const OPENAI_EUROPE = ['EEA', 'CH'];

/**
 * Whether a model of OpenAI's may be called at its European host. That host serves more than the EU and the EEA, so it is inside
 * neither, until the owner accepts it with a reason. A narrower boundary can't be widened so far.
 *
 * @param keepsContent whether the tenant's content may be kept
 */
export function decideOpenAi(
  boundary: ResidencyBoundary,
  model: string,
  terms: OpenAiTerms | undefined,
  keepsContent: boolean,
): ReachableServer | Refused {
  const host = OPENAI?.host ?? 'eu.api.openai.com';
  const place: Place = { kind: 'host', value: host };
  if (OPENAI === undefined || !isReliable(OPENAI)) {
    return refused(place, 'unreliable', `where '${host}' processes was never confirmed by a reliable source`);
  }
  const europe = `'${host}' processes in ${OPENAI.europeMeans} (as of ${OPENAI.asOf})`;
  if (!decideHost(boundary, host).inside) {
    if (!['eu', 'eea'].includes(boundary.name)) {
      return refused(place, 'outside', `${europe}, which is more than ${boundary.label} and can't be accepted there`);
    }
    if (terms === undefined) {
      return refused(
        place,
        'outside',
        `${europe}, which is more than ${boundary.label}; accept it with 'openai: { acceptsWiderEurope: { reason: ... } }', or take it out`,
      );
    }
  }
  if (!keepsContent && terms?.zeroRetention !== true) {
    return refused(
      place,
      'keeps-content',
      `OpenAI keeps what it is sent for up to ${OPENAI.daysDefault} days, unless it has promised a customer to keep nothing ` +
        '(as of ' +
        `${OPENAI.asOf}); say so with 'openai: { zeroRetention: true }' if it has promised you`,
    );
  }
  const destination: ServerDestination = {
    provider: 'openai',
    id: `openai/${model}`,
    modelId: model,
    kind: /^text-embedding-/.test(model) ? 'embedding' : 'text',
    sourceRegion: host,
    regions: OPENAI_EUROPE,
    baseUrl: `https://${host}/v1`,
    schemasMayLeave: terms?.schemasMayLeave ?? false,
    ...(terms && { accepted: `${europe}; accepted because ${terms.reason}` }),
  };
  return { inside: true, place, destination };
}

/** A server of the owner's own network, as a configuration names it. */
export interface NetworkServer {
  readonly url: string;
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  /** @default - every private range */
  readonly addresses?: readonly string[];
  /** The Region that the network is in. */
  readonly region: string;
}

/**
 * Whether a server of the network may be called: only by private addresses, which are checked again whenever a connection is
 * made, because a name may lead elsewhere tomorrow. This machine counts when the URL itself names it.
 */
export function decideServer({ url, model, kind, addresses, region }: NetworkServer): ReachableServer | Refused {
  const place: Place = { kind: 'host', value: url };
  const [, host = '', port, path = ''] =
    /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])(:\d{1,5})?((?:\/[A-Za-z0-9._~-]+)*)\/?$/.exec(url) ?? [];
  if (host === '' || Number(port?.slice(1) ?? 1) > 65_535 || path.split('/').some((step) => /^\.+$/.test(step))) {
    return refused(
      place,
      'malformed',
      'it must be an http:// or https:// URL of a host in lower case, without user, query and fragment',
    );
  }
  const name = host.replace(/^\[|\]$/g, '');
  if (!URL.canParse(url) || (!isAddress(name) && new URL(url).hostname !== host)) {
    return refused(
      place,
      'malformed',
      `'${host}' is read as another host where it is called: write an address as four numbers without leading zeros, or a name`,
    );
  }
  const isHere = isLoopback(url);
  const allowed = addresses ?? (isHere ? LOOPBACK_RANGES : PRIVATE_RANGES);
  const wide = allowed.find((range) => !isRangeWithin(range, [...PRIVATE_RANGES, ...(isHere ? LOOPBACK_RANGES : [])]));
  if (wide !== undefined) {
    return refused(
      place,
      'outside',
      `'${wide}' is no range of private addresses: use one within ${PRIVATE_RANGES.join(', ')}`,
    );
  }
  if (isAddress(name) && !isWithin(name, allowed)) {
    return refused(place, 'outside', `'${name}' is none of the addresses ${allowed.join(', ')}`);
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

/** Whether a URL names the machine itself that calls it. */
export function isLoopback(url: string): boolean {
  const [, host = ''] = /^https?:\/\/([a-z0-9._-]+|\[[0-9a-f:]+\])/.exec(url) ?? [];
  const name = host.replace(/^\[|\]$/g, '');
  return name === 'localhost' || isWithin(name, LOOPBACK_RANGES);
}
