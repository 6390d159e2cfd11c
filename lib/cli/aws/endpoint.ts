import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideUrl } from '../../boundary/url';
import { isLoopback } from '../../runtime/aws/endpoint';
import { endpointOf } from '../../runtime/settings/clients';
import { UsageError } from '../shared/usage-error';

/** The SDK's variable names for services whose hosts have other names. */
const VARIABLES: Readonly<Record<string, string>> = {
  apigateway: 'API_GATEWAY',
  'network-firewall': 'NETWORK_FIREWALL',
  secretsmanager: 'SECRETS_MANAGER',
  servicequotas: 'SERVICE_QUOTAS',
};

/**
 * The explicit endpoint of a service in a Region, so that no configuration file redirects calls. The SDK's variables apply.
 *
 * @throws UsageError if one of them names neither this machine nor a host inside the boundary
 */
export function endpointFor(
  boundary: ResidencyBoundary,
  service: string,
  region: string,
  environment: NodeJS.ProcessEnv,
): string {
  const own = `AWS_ENDPOINT_URL_${VARIABLES[service] ?? service.toUpperCase()}`;
  const name = [own, 'AWS_ENDPOINT_URL'].find((variable) => environment[variable]);
  const url = name === undefined ? hostOf(service, region) : (environment[name] as string);
  if (name === undefined || isLoopback(url)) return url;
  const decision = decideUrl(boundary, url);
  if (decision.inside) return url;
  throw new UsageError(
    `'${name}' would send calls to a host that isn't inside ${boundary.label}: ${decision.detail}; unset it, or name a host ` +
      'in the boundary or on this machine',
  );
}

/** IAM has one endpoint for all Regions of the `aws` partition, outside the EU. It is called only if the user asks for it. */
const hostOf = (service: string, region: string) =>
  service === 'iam' && region === 'us-east-1' ? 'https://iam.amazonaws.com' : endpointOf(service, region);
