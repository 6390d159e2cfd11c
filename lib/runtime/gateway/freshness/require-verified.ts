import type { MiddlewareHandler } from 'hono';
import type { Destination } from '../../../boundary/destination';
import { oldestCheckMs, whyUnverified } from '../../../boundary/retention-verification';
import type { AnyDestination } from '../../../boundary/server';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import type { GatewayEnv } from '../policy/gateway-env';
import type { CachedReadings } from './cached-readings';
import type { Readings } from './dynamodb-readings';

export interface RequireVerifiedOptions {
  readonly readings: CachedReadings;
  readonly maxAgeMs: number;
}

/**
 * Narrows the policy of a request to destinations that are verified: recent check results for all their Regions say that nothing is
 * retained. Others have no setting to check: a server in the owner's network retains what its owner configures, and what a provider
 * outside AWS retains is decided by facts and contracts when the gateway starts.
 */
export function requireVerified({ readings, maxAgeMs }: RequireVerifiedOptions): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const { policy, time } = c.var;
    const checks = await readings.get(time);
    c.get('log').checkAgeMs = oldest(policy, checks, time);
    c.set('policy', verified(policy, checks, time, maxAgeMs));
    await next();
  };
}

function oldest(policy: AdmittedPolicy, readings: Readings, now: Date): number | undefined {
  const ages = [...policy.models.values()]
    .flat()
    .filter((destination) => destination.provider === 'bedrock')
    .flatMap((destination) => oldestCheckMs({ destination, now }, readings) ?? []);
  return ages.length === 0 ? undefined : Math.max(...ages);
}

function verified(policy: AdmittedPolicy, readings: Readings, now: Date, maxAgeMs: number): AdmittedPolicy {
  const { boundary } = policy;
  const models = new Map<string, readonly AnyDestination[]>();
  const unverified = new Map<string, string>();
  for (const [name, destinations] of policy.models) {
    const reasons = destinations.map((destination) =>
      whyNot(destination, (target) => whyUnverified({ boundary, destination: target, now, maxAgeMs }, readings)),
    );
    const proven = destinations.filter((_, index) => reasons[index] === undefined);
    if (proven.length > 0) models.set(name, proven);
    else unverified.set(name, message(name, [...new Set(reasons)].join('; ')));
  }
  return { ...policy, models, unverified };
}

function whyNot(
  destination: AnyDestination,
  unverifiedBedrock: (destination: Destination) => string | undefined,
): string | undefined {
  return destination.provider === 'bedrock' ? unverifiedBedrock(destination) : undefined;
}

const message = (name: string, reasons: string) =>
  `model '${name}' is not available now, because no recent check confirms that its destinations retain nothing: ${reasons}; the operator ` +
  'finds the cause in the log of the destination check, and must enable each Region that the account has not enabled, or ' +
  'choose a destination that does not route to it';
