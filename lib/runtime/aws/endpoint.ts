import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideUrl } from '../../boundary/url';
import { findRegion } from '../../facts/region';

const OVERRIDES = ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL'] as const;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** A variable that would redirect an SDK to another endpoint. */
type EndpointVariable = `AWS_ENDPOINT_URL${string}`;

/** The variables that Lambda itself sets. */
type LambdaVariable =
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_LAMBDA_FUNCTION_NAME'
  | 'AWS_LAMBDA_LOG_GROUP_NAME'
  | 'AWS_REGION'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
  | 'LAMBDA_TASK_ROOT';

/** The variables that every function reads, from the environment or from a test. No other name can be read. */
export type Environment = Readonly<
  Record<EndpointVariable, string | undefined> & Partial<Record<LambdaVariable | (typeof PROXIES)[number], string>>
>;

/** The same for a function whose stack also sets variables. Any of them may be missing until it is read. */
export type EnvironmentOf<Variables> = Environment & { readonly [Name in keyof Variables]?: string };

/**
 * The Bedrock endpoint of each source Region. They are fixed once, here, and passed to the SDK, which would otherwise read
 * them from the environment and from shared configuration files.
 *
 * @throws if the environment names an endpoint or proxy that is neither on this machine nor inside the boundary
 */
export function bedrockEndpoints(
  boundary: ResidencyBoundary,
  sourceRegions: readonly string[],
  environment: Environment,
): ReadonlyMap<string, string> {
  return endpoints(boundary, 'bedrock-runtime', sourceRegions, OVERRIDES, environment);
}

/** Services whose variable isn't named as their endpoint is. */
const NAMES_OF_VARIABLES: Readonly<Record<string, string>> = { secretsmanager: 'SECRETS_MANAGER' };

/**
 * A Region's endpoint of a service that isn't Bedrock; fixed in the same way.
 *
 * @throws if the environment names an endpoint or proxy that is neither on this machine nor inside the boundary
 */
export function storeEndpoint(
  boundary: ResidencyBoundary,
  service: 'cognito-idp' | 'dynamodb' | 'kms' | 'lambda' | 'logs' | 's3' | 'secretsmanager' | 'states',
  region: string,
  environment: Environment,
): string {
  const name = NAMES_OF_VARIABLES[service] ?? service.toUpperCase().replace('-', '_');
  const overrides = [`AWS_ENDPOINT_URL_${name}`, 'AWS_ENDPOINT_URL'] as const;
  return endpoints(boundary, service, [region], overrides, environment).get(region) as string;
}

function endpoints(
  boundary: ResidencyBoundary,
  service: string,
  regions: readonly string[],
  overrides: readonly EndpointVariable[],
  environment: Environment,
): ReadonlyMap<string, string> {
  // The endpoints of other services too, because a call's credentials may come from one of them.
  const others = Object.keys(environment).filter((name): name is EndpointVariable =>
    name.startsWith('AWS_ENDPOINT_URL'),
  );
  for (const name of [...others, ...PROXIES]) requireInside(boundary, name, environment[name]);
  const override = overrides.find((name) => environment[name]);
  return new Map(
    regions.map((region) => [
      region,
      override === undefined
        ? regionalEndpoint(boundary, service, region)
        : overriding(boundary, region, override, environment[override] ?? ''),
    ]),
  );
}

function requireInside(boundary: ResidencyBoundary, name: string, url: string | undefined): void {
  if (!url || isLoopback(url)) return;
  const decision = decideUrl(boundary, url);
  if (decision.inside) return;
  throw new Error(
    `the gateway doesn't start, because '${name}' would send requests to a host that isn't inside ${boundary.label}: ` +
      `${decision.detail} (${decision.reason}); unset it, or name a host inside or on this machine`,
  );
}

function regionalEndpoint(boundary: ResidencyBoundary, service: string, region: string): string {
  const url = `https://${service}.${region}.${findRegion(region)?.dnsSuffix}`;
  requireInside(boundary, `the endpoint of ${region}`, url);
  return url;
}

/** Otherwise another Region's endpoint would answer, and headers and logs would name the wrong place. */
function overriding(boundary: ResidencyBoundary, region: string, name: string, url: string): string {
  if (isLoopback(url)) return url;
  const { place } = decideUrl(boundary, url);
  if (url.startsWith('https://') && place.region === region) return url;
  throw new Error(
    `the gateway doesn't start, because '${name}' must be an https endpoint of ${region}, which the gateway calls, got ` +
      `${place.region === undefined ? 'a host without a Region' : `one of ${place.region}`}; unset it, or name that Region's endpoint`,
  );
}

/** Whether a URL names this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])$/.test(hostname);
}
