import type { MiddlewareHandler } from 'hono';
import type { ProjectsVariables } from '../../contract/environment';
import { type EnvironmentOf, storeEndpoint } from '../aws/endpoint';
import { itemClient } from '../aws/item-client';
import { roleCredentials } from '../aws/role-credentials';
import { tableOf } from '../aws/table';
import { CachedRegistry } from './keys/cached-registry';
import { DynamoDbKeys } from './keys/dynamodb-keys';
import { requireKey } from './keys/require-key';
import { DynamoDbCounters } from './limits/dynamodb-counters';
import { Limits } from './limits/limits';
import { Prices } from './limits/priced';
import { limitsOfProject } from './limits/rate-limited';
import { DynamoDbOpenProjects } from './open/dynamodb-open-projects';
import type { AdmittedPolicy } from './policy/admitted-policy';
import type { GatewayEnv } from './policy/gateway-env';

/** The authentication and limits of projects' requests. */
export interface Access {
  readonly middleware: readonly MiddlewareHandler<GatewayEnv>[];
  readonly usage: Limits['usage'];
  /** Must be awaited after each answer: a function that has returned is frozen, together with what it was writing. */
  readonly settled: () => Promise<void>;
}

/**
 * The keys and limits of a deployment's projects, in its table.
 *
 * @throws if the environment names no table, or one in a Region outside the boundary
 */
export function deployedAccess(policy: AdmittedPolicy, environment: EnvironmentOf<ProjectsVariables>): Access {
  const { region, name } = tableOf(environment.KEYS_TABLE_ARN) ?? {};
  if (region === undefined || name === undefined) {
    throw new Error(
      "the gateway doesn't start, because 'KEYS_TABLE_ARN' must be the ARN of the table of its projects' keys; deploy it again",
    );
  }
  const endpoint = storeEndpoint(policy.boundary, 'dynamodb', region, environment);
  const table = { client: itemClient(region, endpoint, () => roleCredentials(environment)), name };
  const registry = new CachedRegistry(new DynamoDbKeys(table));
  const openProjects = policy.openProjects && new CachedRegistry(new DynamoDbOpenProjects(table));
  const limits = new Limits(new DynamoDbCounters(table), limitsOfProject, new Prices(policy.prices));
  return {
    middleware: [requireKey({ policy, registry, openProjects, kind: 'deployment' }), limits.middleware],
    usage: limits.usage,
    settled: () => limits.settled(),
  };
}
