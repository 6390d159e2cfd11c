import type { WorkspaceVariables } from '../../contract/environment';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { itemClient } from '../aws/item-client';
import { roleCredentials } from '../aws/role-credentials';
import { storeHandler } from '../aws/store-handler';
import { tableOf } from '../aws/table';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { DynamoDbMonths } from '../gateway/usage/dynamodb-months';
import { MonthlyUse } from '../gateway/usage/monthly-use';

/**
 * The use of a deployed workspace by month, counted in its table of usage.
 *
 * @throws if the environment names no table, or one whose Region isn't inside the boundary
 */
export function deployedMonths(
  { boundary, tenant }: Pick<AdmittedPolicy, 'boundary' | 'tenant'>,
  { monitoring }: Pick<GatewayPolicy, 'monitoring'>,
  environment: EnvironmentOf<WorkspaceVariables>,
): MonthlyUse {
  const { region, name } = tableOf(environment.USAGE_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'USAGE_TABLE_ARN' must be the ARN of the table of its counts; deploy it again",
    );
  }
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const client = itemClient(region, endpoint, () => roleCredentials(environment), storeHandler(), 1);
  return new MonthlyUse(new DynamoDbMonths({ client, name }, tenant.ids[0] ?? ''), monitoring);
}
