import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ResidencyBoundary } from '../../../boundary/boundary';
import { cognitoIssuer } from '../../../boundary/cognito-issuer';
import { type KeySet, parseKeySet } from '../../../boundary/key-set';
import type { TokenVariables } from '../../../contract/environment';
import { KEY_SETS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import { dynamodbClient } from '../../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { type Table, tableOf } from '../../aws/table';
import { DirectoryRoles } from '../../directory/directory-roles';
import type { RequestMiddleware } from '../../http/handler/request-env';
import { CachedSuspensions } from './cached-suspensions';
import { deployedSuspensions } from './deployed-suspensions';
import { KnownKeys } from './known-keys';
import { CachedDirectory, type MemberDirectory } from './member-directory';
import { type RequireMemberOptions, requireMember } from './require-member';
import type { TokenPolicy } from './token-policy';

/** The part of a policy that says whose tokens a workspace accepts. */
type Identity = Pick<TokenPolicy, 'groups' | 'groupsClaim' | 'scim'>;

export interface DeployedMembersOptions extends Pick<RequireMemberOptions, 'roleFor' | 'seen'> {
  /** Whether members have the names of their groups where SCIM decides. The function's role must permit it. */
  readonly withGroups?: boolean;
}

/**
 * Authenticates the members of a deployed workspace.
 *
 * @throws if the policy or the environment doesn't say whose tokens are accepted, or where the keys to verify them are
 */
export function deployedMembers(
  boundary: ResidencyBoundary,
  identity: Identity | undefined,
  environment: EnvironmentOf<TokenVariables>,
  { withGroups, roleFor, seen }: DeployedMembersOptions = {},
): RequestMiddleware {
  const { USER_POOL_ID = '', USER_POOL_CLIENT_ID: clientId = '', KEY_SETS_TABLE_ARN } = environment;
  const keySets = tableOf(KEY_SETS_TABLE_ARN);
  const suspensions = deployedSuspensions(boundary, environment);
  if (identity === undefined || keySets === undefined || suspensions === undefined || clientId === '') {
    throw notStarting();
  }
  const issuer = cognitoIssuer(boundary, USER_POOL_ID);
  const table = tableIn(boundary, keySets, environment);
  return requireMember({
    policy: { issuer, clientId, ...identity },
    keys: new KnownKeys({ read: () => readKeySet(table, issuer) }),
    suspensions: new CachedSuspensions(suspensions),
    directory: deployedDirectory(boundary, identity, environment, withGroups),
    roleFor,
    seen,
  });
}

/**
 * Where SCIM decides on the members of a deployed workspace; undefined if tokens do.
 *
 * @param withGroups whether it also reads the names of members' groups, which the function's role must permit
 * @throws if the environment names the table of SCIM without the policy saying so, or the other way round
 */
export function deployedDirectory(
  boundary: ResidencyBoundary,
  identity: Identity,
  environment: EnvironmentOf<TokenVariables>,
  withGroups = false,
): MemberDirectory | undefined {
  const directory = tableOf(environment.DIRECTORY_TABLE_ARN);
  if ((identity.scim === true) !== (directory !== undefined)) {
    throw new Error(
      "the gateway doesn't start, because SCIM decides on its members, and 'DIRECTORY_TABLE_ARN' must be the ARN of the table that SCIM " +
        'writes, or it must be set for no workspace without SCIM; deploy it again',
    );
  }
  if (directory === undefined) return undefined;
  const table = tableIn(boundary, directory, environment);
  return new CachedDirectory(new DirectoryRoles(table, identity.groups, withGroups));
}

const notStarting = () =>
  new Error(
    "the gateway doesn't start, because members are let in by tokens of their user pool only: the policy's 'identity', " +
      "'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'KEY_SETS_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must be set; deploy it again",
  );

function tableIn(
  boundary: ResidencyBoundary,
  { region, name }: NonNullable<ReturnType<typeof tableOf>>,
  environment: EnvironmentOf<TokenVariables>,
): Table {
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  return { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
}

async function readKeySet({ client, name }: Table, issuer: string): Promise<KeySet | undefined> {
  const Key = { [PARTITION_KEY]: { S: KEY_SETS_PARTITION }, [SORT_KEY]: { S: issuer } };
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
  return parseKeySet(issuer, Item?.keySet?.S ?? '');
}
