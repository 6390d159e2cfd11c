import type { ResidencyBoundary } from '../boundary/boundary';
import type { DeploymentConfig } from '../config/model/config';
import type { EnvironmentOf } from '../runtime/aws/endpoint';
import type { GatewayOptions } from '../runtime/gateway/app';
import type { ProviderEvent } from '../runtime/gateway/providers/provider-watch';

/** What a deployment is served with on this machine. */
export interface ServeOptions {
  readonly deployment: DeploymentConfig;
  readonly boundary: ResidencyBoundary;
  /** 0 takes one that is free. */
  readonly port: number;
  /** The folder of the embedded store. */
  readonly data: string;
  /** `echo` calls nothing; `aws` calls Bedrock with the credentials that the AWS SDK finds. */
  readonly upstream: 'echo' | 'aws';
  /** It holds the keys of providers outside AWS too, such as `OPENAI_API_KEY`. */
  readonly environment: EnvironmentOf<Readonly<Record<string, string | undefined>>>;
  readonly record: NonNullable<GatewayOptions['record']>;
  /**
   * Receives which providers go out of use, and come back.
   *
   * @default - only the commands of the operator show it
   */
  readonly provider?: (event: ProviderEvent) => void;
  /**
   * The time between two readings of which providers are out of use.
   *
   * @default 1 000
   */
  readonly readProvidersMs?: number;
  /**
   * Receives the new token of a member whose roles changed or whose sessions ended. Only the terminal of `serve` may show it: an administrator
   * must not get the token of another person.
   *
   * @default - the token is lost
   */
  readonly issued?: (workspace: string, member: string, token: string) => void;
}
