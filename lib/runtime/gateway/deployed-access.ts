import type { MiddlewareHandler } from 'hono';
import type { ProjectsVariables } from '../../contract/environment';
import { dynamodbClient } from '../aws/dynamodb-client';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import { CachedRegistry } from './keys/cached-registry';
import { DynamoDbKeys } from './keys/dynamodb-keys';
import { requireKey } from './keys/require-key';
import { DynamoDbCounters } from './limits/dynamodb-counters';
import { heldProject } from './limits/held';
import { Limits } from './limits/limits';
import type { Serving } from './policy/serving';
import type { GatewayEnv } from './request/gateway-env';

/** How requests of projects get in. */
export interface Access {
  readonly middleware: readonly MiddlewareHandler<GatewayEnv>[];
  /** To be waited for after each answer: a function that has returned is frozen, and what it was writing with it. */
  readonly settled: () => Promise<void>;
}

/**
 * Keys and limits of the projects of a deployment, in its table.
 *
 * @throws if the environment names no table, or one whose Region isn't inside
 */
export function deployedAccess(serving: Serving, environment: EnvironmentOf<ProjectsVariables>): Access {
  const { region, name } = tableOf(environment.KEYS_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'KEYS_TABLE_ARN' must be the ARN of the table of its projects' keys; deploy it again",
    );
  }
  const endpoint = storeEndpoint(serving.boundary, 'dynamodb', region, environment);
  const table = { client: dynamodbClient(region, endpoint, () => roleCredentials(environment)), name };
  const registry = new CachedRegistry(new DynamoDbKeys(table));
  const limits = new Limits(new DynamoDbCounters(table), heldProject);
  return {
    middleware: [requireKey({ serving, registry, kind: 'deployment' }), limits.middleware],
    settled: () => limits.settled(),
  };
}
