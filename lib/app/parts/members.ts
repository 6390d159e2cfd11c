import type { IdentityConfig, ProviderConfig } from '../../config/model/config';
import { IdentityProvider } from '../../constructs/members/identity-provider';
import type { WorkspaceProps } from '../../constructs/tenants/workspace-props';
import { MemberPoolStack } from '../../stacks/member-pool-stack';
import { type Plan, stackProps } from './plan';

/** The shared user pools by their ids, in the order of the file. */
export const memberPoolStacks = (plan: Plan): ReadonlyMap<string, MemberPoolStack> =>
  new Map(
    (plan.deployment.sharedIdentities ?? []).map(({ id, provider, groupsAttribute }) => [
      id,
      new MemberPoolStack(plan.scope, `${plan.deployment.name}-members-${id}`, {
        ...stackProps(plan, `members ${id}, the user pool of several workspaces`),
        terminationProtection: true,
        provider: toProvider(provider, isReadByScimOnly(plan, id) ? NO_GROUPS : groupsAttribute),
      }),
    ]),
  );

/** Where the members of a workspace sign in; nothing where the file says nothing. */
export function membersOf(
  identity: IdentityConfig | undefined,
  pools: ReadonlyMap<string, MemberPoolStack>,
  hasScim: boolean,
): Partial<WorkspaceProps> {
  if (identity === undefined) return {};
  const { provider, shared, groups, groupsAttribute, clients } = identity;
  return {
    ...(shared !== undefined && { memberPool: pools.get(shared)?.pool, memberGroups: copied(groups) }),
    ...(provider && {
      identityProvider: toProvider(provider, hasScim ? NO_GROUPS : groupsAttribute),
      memberGroups: copied(groups),
    }),
    signInPages: copied(clients),
  };
}

/**
 * A claim that no identity provider sends. With SCIM, tokens name no groups, so that a member of many can sign in too: Cognito refuses a
 * sign-in whose groups are longer than 2,048 characters.
 */
const NO_GROUPS = 'cdk-eu-residency-no-groups';

const isReadByScimOnly = ({ deployment }: Plan, pool: string): boolean =>
  deployment.workspaces.every(({ identity, scim }) => identity?.shared !== pool || scim !== undefined);

function toProvider(provider: ProviderConfig, groupsAttribute?: string): IdentityProvider {
  if (provider.kind === 'saml') return IdentityProvider.saml({ metadata: provider.metadata, groupsAttribute });
  const { issuer, clientId, clientSecretName, scopes } = provider;
  return IdentityProvider.oidc({ issuer, clientId, clientSecretName, scopes: scopes && [...scopes], groupsAttribute });
}

/** Lists in the form of props, which aren't readonly. */
const copied = (lists: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).flatMap(([key, list]) => (list === undefined ? [] : [[key, [...list]]])));
