import { type CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ResidencyBoundary } from '../../../boundary/boundary';
import { cognitoIssuer } from '../../../boundary/cognito-issuer';
import type { TokenVariables } from '../../../contract/environment';
import type { RightsPolicy } from '../../../contract/policies/rights-policy';
import { GROUPS_CLAIMS } from '../../../contract/roles';
import { cognitoClient } from '../../aws/cognito-client';
import { dynamodbClient } from '../../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { tableOf } from '../../aws/table';
import { DynamoDbMemberships } from '../../workspace/identity/dynamodb-memberships';
import type { RoleSources } from '../decisions/role-history';

/**
 * Where a deployed workspace's roles are recorded: in its table of suspensions, and for users of an identity provider, whose roles are
 * given elsewhere, in the pool.
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
  if (identity.groupsClaim !== GROUPS_CLAIMS.provider) return { memberships };
  const { USER_POOL_ID: pool = '' } = environment;
  const poolRegion = new URL(cognitoIssuer(boundary, pool)).hostname.split('.')[1] ?? '';
  const endpoint = storeEndpoint(boundary, 'cognito-idp', poolRegion, environment);
  const cognito = cognitoClient(poolRegion, endpoint, credentials);
  return { memberships, firstSignIn: (member) => firstSignIn(cognito, pool, member) };
}

/** The pool creates a user of an identity provider at their first sign-in. */
async function firstSignIn(
  client: Pick<CognitoIdentityProviderClient, 'send'>,
  UserPoolId: string,
  member: string,
): Promise<number | undefined> {
  if (!/^[\w-]{1,64}$/.test(member)) return undefined;
  const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId, Filter: `sub = "${member}"`, Limit: 1 }));
  const found = Users.find(({ Attributes = [] }) =>
    Attributes.some(({ Name, Value }) => Name === 'sub' && Value === member),
  );
  return found?.UserCreateDate?.getTime();
}
