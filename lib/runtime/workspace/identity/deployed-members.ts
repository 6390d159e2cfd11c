import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { MiddlewareHandler } from 'hono';
import { cognitoIssuer } from '../../../boundary/cognito-issuer';
import { type KeySet, parseKeySet } from '../../../boundary/key-set';
import type { TokenVariables } from '../../../contract/environment';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { KEY_SETS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import { dynamodbClient } from '../../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { type Table, tableOf } from '../../aws/table';
import type { Serving } from '../../gateway/policy/serving';
import type { GatewayEnv } from '../../gateway/request/gateway-env';
import { CachedSuspensions } from './cached-suspensions';
import { DynamoDbSuspensions } from './dynamodb-suspensions';
import { KnownKeys } from './known-keys';
import { type RequireMemberOptions, requireMember } from './require-member';

/**
 * Lets in the members of a deployed workspace.
 *
 * @param roleFor what a path asks of its caller, where it isn't one of content
 * @throws if the policy or the environment doesn't say whose tokens are taken, or where the keys to check them by are
 */
export function deployedMembers(
  { boundary }: Pick<Serving, 'boundary'>,
  { identity }: Pick<GatewayPolicy, 'identity'>,
  environment: EnvironmentOf<TokenVariables>,
  roleFor?: RequireMemberOptions['roleFor'],
): MiddlewareHandler<GatewayEnv> {
  const { USER_POOL_ID = '', USER_POOL_CLIENT_ID: clientId = '', KEY_SETS_TABLE_ARN } = environment;
  const keySets = tableOf(KEY_SETS_TABLE_ARN);
  const suspensions = tableOf(environment.SUSPENSIONS_TABLE_ARN);
  if (identity === undefined || keySets === undefined || suspensions === undefined || clientId === '') {
    throw new Error(
      "the gateway doesn't start, because members are let in by tokens of their user pool only: the policy's 'identity', " +
        "'USER_POOL_ID', 'USER_POOL_CLIENT_ID', 'KEY_SETS_TABLE_ARN' and 'SUSPENSIONS_TABLE_ARN' must be set; deploy it again",
    );
  }
  const issuer = cognitoIssuer(boundary, USER_POOL_ID);
  const tableIn = ({ region, name }: NonNullable<ReturnType<typeof tableOf>>): Table => {
    const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
    return { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
  };
  const table = tableIn(keySets);
  return requireMember({
    policy: { issuer, clientId, ...identity },
    keys: new KnownKeys({ read: () => readKeySet(table, issuer) }),
    suspensions: new CachedSuspensions(new DynamoDbSuspensions(tableIn(suspensions))),
    roleFor,
  });
}

async function readKeySet({ client, name }: Table, issuer: string): Promise<KeySet | undefined> {
  const Key = { [PARTITION_KEY]: { S: KEY_SETS_PARTITION }, [SORT_KEY]: { S: issuer } };
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
  return parseKeySet(issuer, Item?.keySet?.S ?? '');
}
