import { dynamodbClient } from '../gateway/dynamodb-client';
import { type Environment, storeEndpoint } from '../gateway/endpoint';
import { DynamoDbCounters } from '../gateway/limits/dynamodb-counters';
import { heldWorkspace } from '../gateway/limits/held';
import { Limits } from '../gateway/limits/limits';
import type { GatewayPolicy } from '../gateway/policy';
import { roleCredentials } from '../gateway/role-credentials';
import type { Serving } from '../gateway/serving';
import { tableOf } from '../gateway/table';

/**
 * The limits of a deployed workspace, in the table of its counts.
 *
 * @throws if the environment names no table, or one whose Region isn't inside
 */
export function deployedLimits(
  { boundary, tenant }: Pick<Serving, 'boundary' | 'tenant'>,
  { limits }: Pick<GatewayPolicy, 'limits'>,
  environment: Environment,
): Limits {
  const { region, name } = tableOf(environment.USAGE_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'USAGE_TABLE_ARN' must be the ARN of the table of its counts; deploy it again",
    );
  }
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const table = { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
  return new Limits(new DynamoDbCounters(table), heldWorkspace(tenant.ids[0] ?? '', limits));
}
