import { ResidencyBoundary } from '../../boundary/boundary';
import type { ScimVariables } from '../../contract/environment';
import type { ScimPolicy } from '../../contract/policies/scim-policy';
import { dynamodbClient } from '../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { type Table, tableOf } from '../aws/table';
import { DirectoryStore } from '../directory/directory-store';
import { CachedRegistry } from '../gateway/keys/cached-registry';
import { DynamoDbKeys } from '../gateway/keys/dynamodb-keys';
import type { FetchHandler } from '../http/handler/request-env';
import { requireScimToken } from './require-scim-token';
import { scimApi } from './scim-api';

/** The stage of the REST API, with which its paths begin on the name that API Gateway gives it. */
const STAGE = '/api';

/**
 * The SCIM API of a deployed workspace.
 *
 * @throws if the environment doesn't name the tables, or one is outside the boundary
 */
export function deployedScim(
  { boundary: declared, workspace }: ScimPolicy,
  environment: EnvironmentOf<ScimVariables>,
): FetchHandler {
  const boundary = ResidencyBoundary.parse(declared);
  const tableIn = (variable: 'DIRECTORY_TABLE_ARN' | 'SCIM_TOKENS_TABLE_ARN'): Table => {
    const { region, name } = tableOf(environment[variable]) ?? {};
    if (region === undefined || name === undefined) {
      throw new Error(`SCIM can't start: '${variable}' must be the ARN of its table; deploy it again`);
    }
    const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
    return { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
  };
  const registry = new CachedRegistry(new DynamoDbKeys(tableIn('SCIM_TOKENS_TABLE_ARN')));
  return scimApi({
    policy: { boundary, keepsContent: true, tenant: { kind: 'workspace', ids: [workspace] } },
    directory: new DirectoryStore(tableIn('DIRECTORY_TABLE_ARN')),
    middleware: [requireScimToken({ registry, workspace, kind: 'scim' })],
    basePath: environment.BASE_PATH ?? STAGE,
  });
}
