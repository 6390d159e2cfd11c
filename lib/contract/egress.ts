import type { TenantKind } from './tenant';

/** The paths below a provider's base URL that the egress function calls. */
export const EGRESS_PATHS = ['/chat/completions', '/embeddings'] as const;

export type EgressPath = (typeof EGRESS_PATHS)[number];

/** Lambda passes fewer bytes than these to a function that answers with a stream. */
export const MOST_EGRESS_BYTES = 6 * 1024 * 1024;

/** The value of a secret that holds no key yet. */
export const PLACEHOLDER_KEY = 'no-key';

/** The name of a deployment's egress stack. */
export const egressStackName = (deployment: string): string => `${deployment}-egress`;

/** The name of a deployment's egress function: fixed, because the network names the function before it exists. */
export const egressFunctionName = (deployment: string): string => egressStackName(deployment);

/**
 * The name of the secret that holds a provider's key. It doesn't end with a provider's name, which may end with a hyphen and six characters,
 * as Secrets Manager's own names in ARNs do.
 */
export const providerSecretName = (deployment: string, provider: string): string =>
  `${deployment}/providers/${provider}/key`;

/** What a gateway sends to the egress function: its decision, which the function makes again, and the body. */
export interface EgressRequest {
  /** The name of the provider. */
  readonly provider: string;
  /** The provider's name for the model, which the body states too. */
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  readonly path: EgressPath;
  /** The body in JSON, as the provider receives it. */
  readonly body: string;
}

/**
 * The aliases of the egress function. A gateway's role may invoke only that of its kind of tenant, so that a gateway can't claim to be of the other kind.
 */
export const EGRESS_ALIASES: Readonly<Record<TenantKind, string>> = { project: 'projects', workspace: 'workspaces' };

/** The first part of an answer, as JSON; eight bytes of zero separate it from the provider's body. */
export interface EgressPrelude {
  /** The provider's status; 0 if no provider answered. */
  readonly status: number;
  /** The provider's `x-request-id`. */
  readonly requestId?: string;
  /** Why there is no answer: one of the function's own failures, or the code of the error of Node's. */
  readonly failure?: string;
}

/** The event of each line of the function's log. */
export const EGRESS_EVENT = 'egress';

/** The function's own failures: it refuses the request, has no key for the provider, or can't read the key now. */
export const EGRESS_FAILURES = ['refused', 'no-key', 'key-unreadable'] as const;

export type EgressFailure = (typeof EGRESS_FAILURES)[number];

export const PRELUDE_END = new Uint8Array(8);
