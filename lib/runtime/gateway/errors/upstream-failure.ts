import { ClientGone } from '../../http/deadline';

/** How a destination failed; a closed set. */
export type UpstreamFailure =
  | 'throttled'
  | 'server-error'
  | 'timed-out'
  | 'unreachable'
  /** 400: the request itself, its content or a content policy. */
  | 'rejected'
  /** 400: the conversation, for the model. */
  | 'too-long'
  /** 401, 402, 403, 404, 410, or no credentials: the gateway's own role or account lacks something. */
  | 'denied'
  /** The client closed the connection, so the answer has no reader. */
  | 'abandoned'
  /** Anything else, such as a redirect or an answer that can't be read. */
  | 'broken';

declare module '../../http/records/record-names' {
  interface AttemptFailures extends Record<UpstreamFailure, true> {}
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTO',
]);

/** The codes of a certificate that isn't trusted. */
export const UNTRUSTED = /^(CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|ERR_TLS_CERT_|SELF_SIGNED_CERT_|UNABLE_TO_)/;

/** A TLS connection that wasn't made, such as by an alert. */
const NO_TLS = /^ERR_SSL_/;

/** 402: the account isn't paid. 410: the model is gone. */
const DENIED: readonly number[] = [401, 402, 403, 404, 410];

/** An exception inside a stream has a name and no status. */
const BY_NAME: ReadonlyMap<string, UpstreamFailure> = new Map([
  ['AbortError', 'timed-out'],
  ['TimeoutError', 'timed-out'],
  ['CredentialsProviderError', 'denied'],
  ['EgressRefused', 'denied'],
  ['ThrottlingException', 'throttled'],
  ['EgressThrottled', 'throttled'],
  ['ModelTimeoutException', 'timed-out'],
  ['ServiceQuotaExceededException', 'throttled'],
  ['ModelErrorException', 'server-error'],
  ['ModelStreamErrorException', 'server-error'],
  ['InternalServerException', 'server-error'],
  ['ServiceUnavailableException', 'server-error'],
  ['EgressFailed', 'server-error'],
  ['EgressUnreached', 'unreachable'],
  ['ValidationException', 'rejected'],
  ['ContextTooLong', 'too-long'],
]);

/** Names that say more than the status 400. */
const BY_NAME_OF_400: ReadonlyMap<string, UpstreamFailure> = new Map([
  ['ServiceQuotaExceededException', 'throttled'],
  ['ContextTooLong', 'too-long'],
]);

/** Distinguishes failures by status, code and name only, never by a message, which may quote the request. */
export function classify(error: unknown): UpstreamFailure {
  if (error instanceof ClientGone) return 'abandoned';
  const { name, code, $metadata } = error as { name?: string; code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (code === 'ETIMEDOUT') return 'timed-out';
  // An insecure connection counts as none: no part of a request was sent over it.
  if (code !== undefined && (UNREACHABLE.has(code) || UNTRUSTED.test(code) || NO_TLS.test(code))) return 'unreachable';
  const named = BY_NAME.get(name ?? '');
  // The status of a stream is 200, whatever the stream contains.
  if (named !== undefined && (status === undefined || status === 200)) return named;
  if (status === undefined) return 'broken';
  if (status === 408) return 'timed-out';
  if (status === 429) return 'throttled';
  // 424: Bedrock reached the model, which failed.
  if (status >= 500 || status === 424) return 'server-error';
  if (status === 400) return BY_NAME_OF_400.get(name ?? '') ?? 'rejected';
  return DENIED.includes(status) ? 'denied' : 'broken';
}

const MOVES_ON: readonly UpstreamFailure[] = ['throttled', 'server-error', 'timed-out', 'unreachable', 'denied'];

/**
 * Whether the next destination may be tried. After a refusal of the content it may not: another model or Region would be a
 * way round the refusal. A denial is of the gateway, unless its status is a 403 that may be about the content (`mayRefuseContent`).
 */
export function movesOn(failure: UpstreamFailure): boolean {
  return MOVES_ON.includes(failure);
}
