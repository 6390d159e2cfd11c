import { findRegion } from '../../facts/region';

/** The reasons why a Region couldn't be read or set; a closed set. */
export type FailureKind =
  /** An opt-in Region that the account hasn't enabled. */
  | 'not-enabled'
  | 'denied'
  | 'throttled'
  | 'unreachable'
  /** Bedrock has no such profile there. */
  | 'missing'
  /** Bedrock failed, or refused the request. */
  | 'failed';

const NOT_ENABLED = ['UnrecognizedClientException', 'InvalidClientTokenId', 'OptInRequired'];
const DENIED = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];
const THROTTLED = ['ThrottlingException', 'TooManyRequestsException', 'Throttling'];
const CONNECTION = /^(?:E[A-Z]+|TimeoutError|AbortError)$/;

/** The meaning of an SDK error. Its message is never repeated, because its author is unknown. */
export function failureOf(error: unknown, region: string): FailureKind {
  const { name = '', code, $metadata } = error as { name?: string; code?: string; $metadata?: Metadata };
  const status = $metadata?.httpStatusCode;
  // A Region that an account hasn't enabled doesn't know its credentials.
  if (NOT_ENABLED.includes(name)) return findRegion(region)?.optIn === true ? 'not-enabled' : 'denied';
  if (DENIED.includes(name) || status === 403) return 'denied';
  if (THROTTLED.includes(name) || status === 429) return 'throttled';
  if (name === 'ResourceNotFoundException') return 'missing';
  if (CONNECTION.test(code ?? '') || CONNECTION.test(name)) return 'unreachable';
  return 'failed';
}

interface Metadata {
  readonly httpStatusCode?: number;
}

/** The message for an operator: what happened, where, and what to do. */
export function failureText(kind: FailureKind, region: string, action: string): string {
  switch (kind) {
    case 'not-enabled':
      return (
        `${region} is an opt-in Region that this account hasn't enabled, so Bedrock's retention there can't be set or read, and ` +
        `no project can use a destination that may reach it; enable ${region} (Account settings in the console, or 'aws account ` +
        `enable-region --region-name ${region}'), then set it ('aws bedrock put-account-data-retention --mode none --region ${region}'), or ` +
        "choose a destination that doesn't reach it"
      );
    case 'denied':
      return (
        `${action} is denied in ${region}; allow it for the function's role: look for a service control policy or a ` +
        'permissions boundary that denies it or excludes the Region'
      );
    case 'throttled':
      return `${action} is throttled in ${region} after several attempts; deploy again in a few minutes, or wait for the next hourly check`;
    case 'unreachable':
      return `Bedrock can't be reached in ${region}; deploy again or wait for the next hourly check, and if that doesn't help, choose a destination that doesn't reach ${region}`;
    case 'missing':
      return `${region} no longer has this inference profile; remove it from residency.yaml`;
    case 'failed':
      return `${action} failed in ${region}; deploy again or wait for the next hourly check, and if that doesn't help, look at the status of Bedrock in ${region}`;
  }
}
