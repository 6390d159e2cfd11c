import type { WorkspaceVariables } from '../../contract/environment';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { itemClient } from '../aws/item-client';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import type { AdmittedPolicy } from '../gateway/policy/admitted-policy';
import { RecordLinks } from './record-links';

/**
 * The links of a deployed workspace's records to its members.
 *
 * @throws if the environment names no table, or one whose Region isn't inside the boundary, or no period
 */
export function deployedLinks(
  { boundary }: Pick<AdmittedPolicy, 'boundary'>,
  environment: EnvironmentOf<WorkspaceVariables>,
): RecordLinks {
  const { region, name } = tableOf(environment.RECORD_LINKS_TABLE_ARN) ?? {};
  const days = Number(environment.RECORD_LINK_DAYS);
  if (region === undefined || name === undefined || !Number.isSafeInteger(days) || days < 1) {
    throw new Error(
      "the gateway doesn't start, because 'RECORD_LINKS_TABLE_ARN' must be the ARN of the table that links records to members, and " +
        "'RECORD_LINK_DAYS' a number of days; deploy it again",
    );
  }
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const client = itemClient(region, endpoint, () => roleCredentials(environment));
  return new RecordLinks({ client, name }, days);
}
