import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideUrl } from '../../boundary/url';
import { isLoopback } from '../../runtime/aws/endpoint';
import { endpointOf } from '../../runtime/settings/clients';
import { UsageError } from '../shared/usage-error';

/** What the SDK's variables call a service whose hosts are named otherwise. */
const VARIABLES: Readonly<Record<string, string>> = { apigateway: 'API_GATEWAY', servicequotas: 'SERVICE_QUOTAS' };

/**
 * The endpoint of a service in a Region, written out, so that no configuration file leads elsewhere. The SDK's variables hold.
 *
 * @throws UsageError if one of them names neither this machine nor a host inside
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
      'inside or on this machine',
  );
}

/** IAM has one endpoint for all Regions in the `aws` partition, which is outside. It is asked only where the user says so. */
const hostOf = (service: string, region: string) =>
  service === 'iam' && region === 'us-east-1' ? 'https://iam.amazonaws.com' : endpointOf(service, region);
