import { ResidencyBoundary } from '../../boundary/boundary';
import type { OpenProjectsVariables } from '../../contract/environment';
import type { ProjectsPolicy } from '../../contract/policies/projects-policy';
import { dynamodbClient } from '../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import type { FetchHandler } from '../http/handler/request-env';
import { DynamoDbProjectStore } from './dynamodb-project-store';
import { projectsApi } from './projects-api';

/**
 * The API of a deployment's open projects, in the table of keys.
 *
 * @throws if the environment names no table, or one in a Region outside the boundary
 */
export function deployedProjects(
  policy: ProjectsPolicy,
  environment: EnvironmentOf<OpenProjectsVariables>,
): FetchHandler {
  const { region, name } = tableOf(environment.KEYS_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the API of projects can't start: 'KEYS_TABLE_ARN' must be the ARN of the table of keys; deploy it again",
    );
  }
  const boundary = ResidencyBoundary.parse(policy.boundary);
  const endpoint = storeEndpoint(boundary, 'dynamodb', region, environment);
  const client = dynamodbClient(region, endpoint, () => roleCredentials(environment));
  return projectsApi({
    policy: { boundary, keepsContent: false, tenant: { kind: 'project', ids: [] } },
    open: policy,
    store: new DynamoDbProjectStore({ client, name }),
  });
}
