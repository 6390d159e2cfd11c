import type { WorkspaceVariables } from '../../contract/environment';
import type { GatewayPolicy } from '../../contract/policies/gateway-policy';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { itemClient } from '../aws/item-client';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import { DynamoDbCounters } from '../gateway/limits/dynamodb-counters';
import { Limits } from '../gateway/limits/limits';
import { Prices } from '../gateway/limits/priced';
import { limitsOfWorkspace } from '../gateway/limits/rate-limited';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';

/**
 * The limits of a deployed workspace, counted in its table of usage.
 *
 * @throws if the environment names no table, or one whose Region isn't inside the boundary
 */
export function deployedLimits(
  { boundary, tenant, prices }: Pick<AdmittedPolicy, 'boundary' | 'tenant' | 'prices'>,
  { limits, ...budgets }: Pick<GatewayPolicy, 'limits' | 'groups' | 'courses' | 'monitoring'>,
  environment: EnvironmentOf<WorkspaceVariables>,
  limitsOf = limitsOfWorkspace,
): Limits {
  const { region, name } = tableOf(environment.USAGE_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'USAGE_TABLE_ARN' must be the ARN of the table of its counts; deploy it again",
    );
  }
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const table = { client: itemClient(region, endpoint, () => roleCredentials(environment)), name };
  return new Limits(new DynamoDbCounters(table), limitsOf(tenant.ids[0] ?? '', limits, budgets), new Prices(prices));
}
