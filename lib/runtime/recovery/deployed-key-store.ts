import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { dynamodbClient } from '../gateway/dynamodb-client';
import { type Environment, storeEndpoint } from '../gateway/endpoint';
import { roleCredentials } from '../gateway/role-credentials';
import { kmsClient } from '../workspace/clients/kms-client';
import type { KeyStoreOptions } from '../workspace/vault/key-store';
import { keyStoreClient } from '../workspace/vault/key-store-client';

/**
 * One of the two key stores of a workspace, each under a key of its own Region.
 *
 * @param prefix what the variables that name it begin with
 * @throws if the environment doesn't name it, it isn't inside, or its key is of another Region
 */
export function deployedKeyStore(
  boundary: ResidencyBoundary,
  workspace: string,
  environment: Environment,
  prefix: '' | 'RECOVERY_' = '',
): KeyStoreOptions {
  const table = required(`${prefix}BRANCH_KEYS_TABLE_ARN`, /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+$/);
  const arn = required(`${prefix}WORKSPACE_KEY_ARN`, /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(?!mrk-)[A-Za-z0-9-]+$/);
  const { region = '', resource = '' } = parseArn(table) ?? {};
  if (parseArn(arn)?.region !== region) {
    throw new Error(
      `the function doesn't start, because '${prefix}WORKSPACE_KEY_ARN' must be in ${region}, where the key store is, got '${arn}'; deploy ` +
        'it again',
    );
  }
  const credentials = () => roleCredentials(environment);
  const dynamodb = dynamodbClient(region, storeEndpoint(boundary, 'dynamodb', region, environment), credentials);
  return {
    workspace,
    table: { client: keyStoreClient(dynamodb), name: resource.replace(/^table\//, '') },
    key: { client: kmsClient(region, storeEndpoint(boundary, 'kms', region, environment), credentials), arn },
  };

  function required(variable: string, form: RegExp): string {
    const value = environment[variable] ?? '';
    if (form.test(value)) return value;
    throw new Error(
      `the function doesn't start, because '${variable}' must name what the workspace's stacks made for it, got ` +
        `${value === '' ? 'nothing' : `'${value}'`}; deploy it again`,
    );
  }
}
