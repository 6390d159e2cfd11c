import { isOutsideAws } from '../../boundary/provider-of';
import type { FoundationStack } from '../../stacks/foundation-stack';
import { RegionalEndpointStack } from '../../stacks/regional-endpoint-stack';
import { RegionalRoutesStack } from '../../stacks/regional-routes-stack';
import { type Plan, stackProps, zonesIn } from './plan';

/** One for each Region other than the primary one in which a model is called, sorted by Region. */
export const regionalEndpoints = (plan: Plan, { foundation }: FoundationStack): RegionalEndpointStack[] =>
  furtherRegions(plan).map(
    (region) =>
      new RegionalEndpointStack(plan.scope, `${plan.deployment.name}-bedrock-${region}`, {
        ...stackProps(plan, `the way to Bedrock in ${region}`, region),
        foundation,
        addressRange: plan.deployment.network.ranges[region],
        availabilityZones: zonesIn(plan, region),
      }),
  );

/** The primary side of the regional endpoints; none when there are none. */
export function regionalRoutes(
  plan: Plan,
  { foundation }: FoundationStack,
  endpoints: readonly RegionalEndpointStack[],
): RegionalRoutesStack | undefined {
  if (endpoints.length === 0) return undefined;
  return new RegionalRoutesStack(plan.scope, `${plan.deployment.name}-bedrock-routes`, {
    ...stackProps(plan, 'routes to Bedrock in other Regions'),
    foundation,
    endpoints: endpoints.map(({ endpoint }) => endpoint),
  });
}

function furtherRegions({ deployment: { models, primaryRegion } }: Plan): string[] {
  const called = models.flatMap(({ destinations }) =>
    // Those outside AWS are called through the egress, in the primary Region.
    destinations.filter((one) => !isOutsideAws(one)).map(({ sourceRegion }) => sourceRegion),
  );
  return [...new Set(called)].filter((region) => region !== primaryRegion).sort();
}
