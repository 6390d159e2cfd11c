import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ResidencyBoundary } from '../boundary/boundary';
import type { AnyDestination } from '../boundary/server';
import { openAiTerms } from './checks/openai-terms';
import type {
  AlertsConfig,
  DeploymentConfig,
  IdentityConfig,
  ProviderConfig,
  SharedIdentityConfig,
} from './model/config';
import { readRetention } from './model/retention';
import type { ResidencyFile } from './schema/schema';

/** What was read and found right. */
export interface Approved {
  readonly file: ResidencyFile;
  readonly boundary: ResidencyBoundary;
  readonly directory: string;
  readonly destinations: ReadonlyMap<string, readonly AnyDestination[]>;
}

/** The deployment that a file without mistakes describes; none when it only declares a boundary. */
export function buildDeployment({ file, directory, destinations }: Approved): DeploymentConfig | undefined {
  if (file.name === undefined || file.regions === undefined) return undefined;
  const { name, regions } = file;
  const openai = openAiTerms(file.openai);
  const { maxReadingAge, invocationLogging } = file.bedrock ?? {};
  return {
    name,
    ...(file.account !== undefined && { account: file.account }),
    ...(file.tags && { tags: file.tags }),
    primaryRegion: regions.primary,
    ...(regions.recovery === undefined ? {} : { recoveryRegion: regions.recovery }),
    networkRanges: { ...file.network?.ranges },
    ...(file.network?.vpc && { vpc: file.network.vpc }),
    ...(file.domain && { domain: file.domain }),
    organisation: { ...file.organisation },
    ...(file.alerts && { alerts: buildAlerts(file.alerts) }),
    bedrockRetention: file.bedrock?.retention ?? 'manage',
    ...(maxReadingAge && { maxReadingAgeHours: Number.parseInt(maxReadingAge, 10) }),
    ...(invocationLogging && { invocationLogging }),
    ...(openai && { openai }),
    models: (file.models ?? []).map(({ id }) => ({ id, destinations: destinations.get(id) ?? [] })),
    ...(file.identity && { sharedIdentities: file.identity.shared.map((one) => buildShared(one, directory)) }),
    workspaces: (file.workspaces ?? []).map(({ id, edition, retention, models, identity, limits }) => ({
      id,
      edition,
      retention: readRetention(retention),
      models,
      ...(identity === undefined ? {} : { identity: buildIdentity(identity, directory) }),
      limits: { ...limits },
    })),
    projects: (file.projects ?? []).map(({ id, models, limits }) => ({ id, models, limits: { ...limits } })),
  };
}

const buildAlerts = (alerts: NonNullable<ResidencyFile['alerts']>): AlertsConfig =>
  Array.isArray(alerts) ? { kind: 'to', addresses: alerts } : { kind: 'none', reason: alerts.none };

type Identity = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['identity']>;

function buildIdentity({ groups = {}, clients = {}, ...identity }: Identity, directory: string): IdentityConfig {
  const { attribute, ...roles } = groups;
  const { shared } = identity;
  const provider = buildProvider(identity, directory);
  return {
    ...(provider && { provider }),
    ...(shared !== undefined && { shared }),
    groups: roles,
    ...(attribute !== undefined && { groupsAttribute: attribute }),
    clients,
  };
}

type Shared = NonNullable<ResidencyFile['identity']>['shared'][number];

function buildShared({ id, attribute, ...named }: Shared, directory: string): SharedIdentityConfig {
  const provider = buildProvider(named, directory);
  if (provider === undefined) throw new Error(`identity.shared: '${id}' has neither 'saml' nor 'oidc'`);
  return { id, provider, ...(attribute !== undefined && { groupsAttribute: attribute }) };
}

function buildProvider({ saml, oidc }: Pick<Identity, 'saml' | 'oidc'>, directory: string): ProviderConfig | undefined {
  return saml === undefined ? oidc && { kind: 'oidc', ...oidc } : samlProvider(directory, saml);
}

const samlProvider = (directory: string, file: string): ProviderConfig => ({
  kind: 'saml',
  metadata: readFileSync(path.resolve(directory, file), 'utf8'),
});
