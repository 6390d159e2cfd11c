import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideHost } from '../../boundary/host';
import type { ServerDestination } from '../../boundary/server';
import type { DeploymentConfig } from '../../config/model/config';
import { hasEgress, outsideDestinations } from '../../config/model/egress';
import { calledProviders } from '../../config/model/providers';
import { EgressHost } from '../../constructs/egress/egress-host';
import { egressPolicy } from '../../constructs/egress/egress-policy-asset';
import { egressFunctionName, egressStackName, providerSecretName } from '../../contract/egress';
import { EgressStack } from '../../stacks/egress-stack';
import type { FoundationStack } from '../../stacks/foundation-stack';
import { type Plan, stackProps } from './plan';

/** The name of the egress function; none if no destination is outside AWS. */
export const egressFunctionOf = (deployment: DeploymentConfig): string | undefined =>
  hasEgress(deployment) ? egressFunctionName(deployment.name) : undefined;

/** The only way to destinations outside AWS; none if there are none. */
export function egressStack(plan: Plan, { foundation }: FoundationStack): EgressStack | undefined {
  const { scope, deployment, boundary } = plan;
  const { name, egress, providers } = deployment;
  if (!hasEgress(deployment)) return undefined;
  const called = outsideDestinations(deployment);
  return new EgressStack(scope, egressStackName(name), {
    ...stackProps(plan, 'the way to providers outside AWS'),
    terminationProtection: true,
    foundation,
    policy: egressPolicy(
      boundary,
      calledProviders(deployment),
      called.map(({ destination: { providerName = 'openai', modelId, kind }, servesProjects }) => ({
        providerName,
        model: modelId,
        kind,
        servesProjects,
      })),
      providers?.euOwnedOnly ?? false,
      (provider) => providerSecretName(name, provider),
    ),
    hosts: hostsOf(
      boundary,
      called.map(({ destination }) => destination),
    ),
    ...(egress?.addressRange !== undefined && { addressRange: egress.addressRange }),
    ...(egress?.zones && { availabilityZones: [...egress.zones] }),
  });
}

/** The hosts of destinations, each once, in the order of their names: another order of the file must not change the network. */
function hostsOf(boundary: ResidencyBoundary, destinations: readonly ServerDestination[]): EgressHost[] {
  const byHost = new Map(destinations.map((destination) => [destination.sourceRegion, destination]));
  return [...byHost]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([host, destination]) =>
      decideHost(boundary, host).inside
        ? EgressHost.inside(host)
        : EgressHost.accepted(
            host,
            destination.accepted ?? `${destination.id} is inside by its deployment, which the name doesn't show`,
          ),
    );
}
