import type { MiddlewareHandler } from 'hono';
import { parseArn } from '../../../boundary/arn-parts';
import type { ProjectsVariables } from '../../../contract/environment';
import type { GatewayPolicy } from '../../../contract/policies/gateway-policy';
import { type EnvironmentOf, storeEndpoint } from '../../aws/endpoint';
import { itemClient } from '../../aws/item-client';
import { roleCredentials } from '../../aws/role-credentials';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import type { GatewayEnv } from '../policy/gateway-env';
import { CachedReadings } from './cached-readings';
import { readReadings } from './dynamodb-readings';
import { requireVerified } from './require-verified';

/**
 * The checks of retention results in a deployed gateway. Projects are served only while the results are recent. A workspace needs no
 * check, because it stores content by design. Other destinations than Bedrock's have no setting that could be checked.
 *
 * @throws if a gateway of projects lacks the table of results, or their largest age
 */
export function freshness(
  policy: AdmittedPolicy,
  { maxReadingAgeHours }: Pick<GatewayPolicy, 'maxReadingAgeHours'>,
  environment: EnvironmentOf<ProjectsVariables>,
): MiddlewareHandler<GatewayEnv>[] {
  const { boundary, tenant } = policy;
  const callsBedrock = [...policy.models.values()].flat().some(({ provider }) => provider === 'bedrock');
  if (tenant.kind !== 'project' || !callsBedrock) return [];
  const { region, resource = '' } = parseArn(environment.READINGS_TABLE_ARN ?? '') ?? {};
  const [, name] = /^table\/([\w.-]+)$/.exec(resource) ?? [];
  if (region === undefined || name === undefined || maxReadingAgeHours === undefined) {
    throw new Error(
      "the gateway doesn't start, because it serves projects only on recent check results for Bedrock's settings: 'READINGS_TABLE_ARN' must " +
        "be the ARN of the table of check results, and the policy's 'maxReadingAgeHours' must be set; deploy it again",
    );
  }
  const client = itemClient(region, storeEndpoint(boundary, 'dynamodb', region, environment), () =>
    roleCredentials(environment),
  );
  const readings = new CachedReadings(() => readReadings({ client, name }));
  return [requireVerified({ readings, maxAgeMs: maxReadingAgeHours * 3_600_000 })];
}
