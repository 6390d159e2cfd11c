import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IdentityConfig, ProviderConfig, SharedIdentityConfig } from './model/config';
import type { ResidencyFile } from './schema/schema';

type Identity = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['identity']>;
type Shared = NonNullable<ResidencyFile['identity']>['shared'][number];

/** How the members of one workspace sign in. */
export function buildIdentity(
  { saml, oidc, groups = {}, clients = {}, ...passed }: Identity,
  directory: string,
): IdentityConfig {
  const { attribute, ...roles } = groups;
  const provider = buildProvider({ saml, oidc }, directory);
  return { ...passed, provider, groups: roles, groupsAttribute: attribute, clients };
}

/** A user pool that several workspaces share. */
export function buildShared({ saml, oidc, attribute, ...passed }: Shared, directory: string): SharedIdentityConfig {
  const provider = buildProvider({ saml, oidc }, directory);
  if (provider === undefined) throw new Error(`identity.shared: '${passed.id}' has neither 'saml' nor 'oidc'`);
  return { ...passed, provider, groupsAttribute: attribute };
}

function buildProvider({ saml, oidc }: Pick<Identity, 'saml' | 'oidc'>, directory: string): ProviderConfig | undefined {
  if (saml !== undefined) return { kind: 'saml', metadata: readFileSync(path.resolve(directory, saml), 'utf8') };
  return oidc && { kind: 'oidc', ...oidc };
}
