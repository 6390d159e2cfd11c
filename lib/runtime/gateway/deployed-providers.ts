import type { ProviderStateVariables } from '../../contract/environment';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { itemClient } from '../aws/item-client';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import type { AdmittedPolicy } from './policy/admitted-policy';
import { DynamoDbProviderStates } from './providers/dynamodb-provider-states';
import { providerLines } from './providers/provider-lines';
import { ProviderWatch } from './providers/provider-watch';

/**
 * The watch over a deployed gateway's providers; undefined if all of the deployment's models are inside AWS, so that it has no table for it.
 *
 * @throws if the environment names a table in a Region outside the boundary
 */
export function deployedProviders(
  { boundary, models }: AdmittedPolicy,
  environment: EnvironmentOf<ProviderStateVariables>,
): ProviderWatch | undefined {
  const { PROVIDER_STATE_TABLE_ARN: arn } = environment;
  if (arn === undefined) return undefined;
  const { region, name } = tableOf(arn) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'PROVIDER_STATE_TABLE_ARN' must be the ARN of the table of provider states; deploy it again",
    );
  }
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const client = itemClient(region, endpoint, () => roleCredentials(environment));
  return new ProviderWatch({
    states: new DynamoDbProviderStates({ client, name }),
    destinations: [...models.values()].flat(),
    // Lambda wraps the lines of console.log in JSON, in which CloudWatch finds no metrics.
    ...providerLines(name, (line) => void process.stdout.write(line)),
  });
}
