import type { DeclaredProvider } from '../../boundary/declared-provider';
import { openAiProvider } from '../../boundary/provider';
import { SERVICES } from '../../facts/services';
import type { GatewayPolicy } from '../policies/gateway-policy';

/** What a gateway's function says about providers outside AWS: only the asset has its policy, and evidence is read from templates. */
export interface ProvidersMetadata {
  readonly euOwnedOnly: boolean;
  readonly providers: readonly DeclaredProvider[];
}

/** The metadata of a policy; none if it has neither a provider outside AWS nor a rule about their owners. */
export function providersMetadata({
  openai,
  providers = [],
  euOwnedOnly = false,
}: Pick<GatewayPolicy, 'openai' | 'providers' | 'euOwnedOnly'>): ProvidersMetadata | undefined {
  const all = [...(openai === undefined ? [] : [openAiProvider(openai)]), ...providers];
  return all.length === 0 && !euOwnedOnly ? undefined : { euOwnedOnly, providers: all };
}

/** Reads the metadata of a template, which may have been edited. What isn't a declared provider is left out. */
export function readProvidersMetadata(value: unknown): ProvidersMetadata {
  const { euOwnedOnly, providers } = isObject(value) ? value : {};
  return {
    euOwnedOnly: euOwnedOnly === true,
    providers: Array.isArray(providers) ? providers.filter(isDeclared) : [],
  };
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TEXTS = ['resource', 'region', 'accepted', 'zeroRetention'];
const isTextOrNone = (value: unknown) => value === undefined || typeof value === 'string';

const isDeclared = (value: unknown): value is DeclaredProvider =>
  isObject(value) &&
  typeof value.name === 'string' &&
  SERVICES.some((service) => service === value.service) &&
  TEXTS.every((key) => isTextOrNone(value[key])) &&
  isDeployments(value.deployments);

const isDeployments = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every(
      (one) =>
        isObject(one) &&
        ['name', 'sku', 'model'].every((key) => typeof one[key] === 'string') &&
        isTextOrNone(one.readOn),
    ));
