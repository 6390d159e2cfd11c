import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { MiddlewareHandler } from 'hono';
import { cognitoIssuer } from '../../../boundary/cognito-issuer';
import { KEY_SETS_PARTITION, type KeySet, parseKeySet } from '../../../boundary/key-set';
import type { GatewayEnv } from '../../gateway/app';
import { dynamodbClient } from '../../gateway/dynamodb-client';
import { type Environment, storeEndpoint } from '../../gateway/endpoint';
import type { GatewayPolicy } from '../../gateway/policy';
import { roleCredentials } from '../../gateway/role-credentials';
import type { Serving } from '../../gateway/serving';
import { type Table, tableOf } from '../../gateway/table';
import { KnownKeys } from './known-keys';
import { requireMember } from './require-member';

/**
 * Lets in the members of a deployed workspace.
 *
 * @throws if the policy or the environment doesn't say whose tokens are taken, or where the keys to check them by are
 */
export function deployedMembers(
  { boundary }: Pick<Serving, 'boundary'>,
  { identity }: Pick<GatewayPolicy, 'identity'>,
  environment: Environment,
): MiddlewareHandler<GatewayEnv> {
  const { USER_POOL_ID = '', USER_POOL_CLIENT_ID: clientId = '', KEY_SETS_TABLE_ARN } = environment;
  const { region, name } = tableOf(KEY_SETS_TABLE_ARN) ?? {};
  if (identity === undefined || region === undefined || name === undefined || clientId === '') {
    throw new Error(
      "the gateway doesn't start, because members are let in by tokens of their user pool only: the policy's 'identity', " +
        "'USER_POOL_ID', 'USER_POOL_CLIENT_ID' and 'KEY_SETS_TABLE_ARN' must be set; deploy it again",
    );
  }
  const issuer = cognitoIssuer(boundary, USER_POOL_ID);
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const table = { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
  return requireMember({
    policy: { issuer, clientId, ...identity },
    keys: new KnownKeys({ read: () => readKeySet(table, issuer) }),
  });
}

async function readKeySet({ client, name }: Table, issuer: string): Promise<KeySet | undefined> {
  const Key = { pk: { S: KEY_SETS_PARTITION }, sk: { S: issuer } };
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
  return parseKeySet(issuer, Item?.keySet?.S ?? '');
}
