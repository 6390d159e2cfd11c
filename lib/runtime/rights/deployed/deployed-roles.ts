import {
  AdminListGroupsForUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { ResidencyBoundary } from '../../../boundary/boundary';
import { cognitoIssuer } from '../../../boundary/cognito-issuer';
import type { TokenVariables } from '../../../contract/environment';
import type { RightsPolicy } from '../../../contract/policies/rights-policy';
import { GROUPS_CLAIMS, type MemberRole } from '../../../contract/roles';
import { cognitoClient } from '../../aws/cognito-client';
import { dynamodbClient } from '../../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { tableOf } from '../../aws/table';
import { DirectoryRoles } from '../../directory/directory-roles';
import { DynamoDbMemberships } from '../../workspace/identity/dynamodb-memberships';
import { groupsOf } from '../../workspace/identity/groups';
import type { RoleSources } from '../decisions/role-history';

/**
 * Where a deployed workspace's roles are recorded: in its table of suspensions, and those that aren't recorded there, in the pool.
 *
 * @throws if the environment names something outside the boundary
 */
export function deployedRoles(
  { boundary: declared, identity }: RightsPolicy,
  environment: EnvironmentOf<TokenVariables>,
): RoleSources {
  const boundary = ResidencyBoundary.parse(declared);
  const credentials = () => roleCredentials(environment);
  const { region = '', name = '' } = tableOf(environment.SUSPENSIONS_TABLE_ARN) ?? {};
  const client = dynamodbClient(region, storeEndpoint(boundary, 'dynamodb', region, environment), credentials);
  const memberships = new DynamoDbMemberships({ client, name });
  if (identity.scim) {
    const { region: at = '', name: directoryName = '' } = tableOf(environment.DIRECTORY_TABLE_ARN) ?? {};
    const reader = dynamodbClient(at, storeEndpoint(boundary, 'dynamodb', at, environment), credentials);
    const directory = new DirectoryRoles({ client: reader, name: directoryName }, identity.groups);
    return { memberships, unrecorded: ({ id, role }) => sinceByDirectory(directory, id, role) };
  }
  const { USER_POOL_ID: pool = '' } = environment;
  const poolRegion = new URL(cognitoIssuer(boundary, pool)).hostname.split('.')[1] ?? '';
  const endpoint = storeEndpoint(boundary, 'cognito-idp', poolRegion, environment);
  const cognito = cognitoClient(poolRegion, endpoint, credentials);
  return {
    memberships,
    unrecorded: async ({ id, role }) => {
      const user = await userOf(cognito, pool, id);
      if (user === undefined) return undefined;
      const isProvided = identity.groupsClaim === GROUPS_CLAIMS.provider;
      const groups = isProvided ? groupsOf(user.provided) : await user.groups();
      return identity.groups[role].some((group) => groups.includes(group)) ? user.created : undefined;
    },
  };
}

/** Since when a member has a role by the directory: groups that SCIM gave have no giver who is a member. */
export const sinceByDirectory = async (
  directory: Pick<DirectoryRoles, 'ofMember'>,
  member: string,
  role: MemberRole,
): Promise<number | undefined> => (await directory.ofMember(member))?.since[role];

type Client = Pick<CognitoIdentityProviderClient, 'send'>;

/** A user of the pool. It creates a user of an identity provider at their first sign-in, and stores their groups at each. */
async function userOf(client: Client, UserPoolId: string, member: string) {
  if (!/^[\w-]{1,64}$/.test(member)) return undefined;
  const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId, Filter: `sub = "${member}"`, Limit: 1 }));
  const attribute = ({ Attributes = [] }: UserType, name: string) =>
    Attributes.find(({ Name }) => Name === name)?.Value;
  const found = Users.find((user) => attribute(user, 'sub') === member);
  return (
    found && {
      created: found.UserCreateDate?.getTime(),
      provided: attribute(found, GROUPS_CLAIMS.provider),
      groups: () => ownGroupsOf(client, UserPoolId, found.Username),
    }
  );
}

/** The pool's own groups of a user. */
async function ownGroupsOf(client: Client, UserPoolId: string, Username?: string): Promise<readonly string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const found = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username, NextToken }));
    names.push(...(found.Groups ?? []).map(({ GroupName = '' }) => GroupName));
    NextToken = found.NextToken;
  } while (NextToken !== undefined);
  return names;
}
