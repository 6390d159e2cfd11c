import type { STSClient } from '@aws-sdk/client-sts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { boundedRequests } from '../../runtime/settings/clients';
import { endpointFor } from './endpoint';

/** The credentials of the command and how it calls: each call has a deadline, and goes to a Region in the boundary. */
export interface Caller {
  readonly account: string;
  /** The ARN of the user or of the role's session. */
  readonly arn: string;
  readonly credentials: Awaited<ReturnType<STSClient['config']['credentials']>>;
  readonly calls: Calls;
}

/** How calls are made, with any credentials. */
export interface Calls {
  readonly boundary: ResidencyBoundary;
  readonly environment: NodeJS.ProcessEnv;
  /** How long one attempt may take. */
  readonly timeoutMs: number;
}

/** The settings of a client of the AWS SDK for a service in a Region. */
export function clientSettings(
  { credentials, calls }: Pick<Caller, 'calls' | 'credentials'>,
  service: string,
  region: string,
) {
  return { ...unsigned(calls, service, region), credentials };
}

/** The same without known credentials: the SDK looks for them. */
export const unsigned = ({ boundary, environment, timeoutMs }: Calls, service: string, region: string) => ({
  region,
  endpoint: endpointFor(boundary, service, region, environment),
  maxAttempts: 3,
  retryMode: 'standard' as const,
  // A bearer token of the environment would replace the credentials.
  authSchemePreference: ['sigv4'],
  requestHandler: boundedRequests(Math.min(3_000, timeoutMs), timeoutMs),
});
