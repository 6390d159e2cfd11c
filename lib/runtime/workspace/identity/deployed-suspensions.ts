import type { ResidencyBoundary } from '../../../boundary/boundary';
import type { TokenVariables } from '../../../contract/environment';
import { dynamodbClient } from '../../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { roleCredentials } from '../../aws/role-credentials';
import { tableOf } from '../../aws/table';
import { DynamoDbSuspensions } from './dynamodb-suspensions';

/**
 * The suspensions of a deployed workspace's members; undefined if the environment names no table of them.
 *
 * @throws if the table isn't inside the boundary
 */
export function deployedSuspensions(
  boundary: ResidencyBoundary,
  environment: EnvironmentOf<TokenVariables>,
): DynamoDbSuspensions | undefined {
  const { region, name } = tableOf(environment.SUSPENSIONS_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) return undefined;
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  return new DynamoDbSuspensions({
    client: dynamodbClient(region, endpoint, () => roleCredentials(environment)),
    name,
  });
}
