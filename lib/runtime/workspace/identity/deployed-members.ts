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
import type { RequestMiddleware } from '../../http/handler/request-env';
import { CachedSuspensions } from './cached-suspensions';
import { deployedSuspensions } from './deployed-suspensions';
import { KnownKeys } from './known-keys';
import { type RequireMemberOptions, requireMember } from './require-member';
import type { TokenPolicy } from './token-policy';

/** The part of a policy that says whose tokens a workspace accepts. */
type Identity = Pick<TokenPolicy, 'groups' | 'groupsClaim'>;

/**
 * Authenticates the members of a deployed workspace.
 *
 * @param roleFor the role that a path requires, if it isn't a path of content
 * @throws if the policy or the environment doesn't say whose tokens are accepted, or where the keys to verify them are
 */
export function deployedMembers(
  boundary: ResidencyBoundary,
  identity: Identity | undefined,
  environment: EnvironmentOf<TokenVariables>,
  roleFor?: RequireMemberOptions['roleFor'],
): RequestMiddleware {
  const { USER_POOL_ID = '', USER_POOL_CLIENT_ID: clientId = '', KEY_SETS_TABLE_ARN } = environment;
  const keySets = tableOf(KEY_SETS_TABLE_ARN);
  const suspensions = deployedSuspensions(boundary, environment);
  if (identity === undefined || keySets === undefined || suspensions === undefined || clientId === '') {
    throw new Error(
      "the gateway doesn't start, because members are let in by tokens of their user pool only: the policy's 'identity', " +
        "'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'KEY_SETS_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must be set; deploy it again",
    );
  }
  const issuer = cognitoIssuer(boundary, USER_POOL_ID);
  const endpoint = storeEndpoint(boundary, 'dynamodb', keySets.region, environment);
  const client = dynamodbClient(keySets.region, endpoint, () => roleCredentials(environment));
  const table = { client, name: keySets.name };
  return requireMember({
    policy: { issuer, clientId, ...identity },
    keys: new KnownKeys({ read: () => readKeySet(table, issuer) }),
    suspensions: new CachedSuspensions(suspensions),
    roleFor,
  });
}

async function readKeySet({ client, name }: Table, issuer: string): Promise<KeySet | undefined> {
  const Key = { [PARTITION_KEY]: { S: KEY_SETS_PARTITION }, [SORT_KEY]: { S: issuer } };
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
  return parseKeySet(issuer, Item?.keySet?.S ?? '');
}
