/** The fields of a CloudTrail record that decide; docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html. */
export interface CallRecord {
  readonly eventSource?: unknown;
  readonly eventName?: unknown;
  readonly eventTime?: unknown;
  readonly eventID?: unknown;
  readonly awsRegion?: unknown;
  readonly sourceIPAddress?: unknown;
  readonly recipientAccountId?: unknown;
  readonly errorCode?: unknown;
  readonly requestParameters?: Fields | null;
  readonly userIdentity?: UserIdentity;
}

/** Fields of which none is trusted to exist. */
export type Fields = Readonly<Record<string, unknown>>;

interface UserIdentity {
  readonly type?: unknown;
  readonly arn?: unknown;
  readonly principalId?: unknown;
  readonly accountId?: unknown;
  readonly invokedBy?: unknown;
  readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: unknown } };
}

/** Longest value that a message repeats. */
const LONGEST = 300;

/**
 * A value as a message can repeat it: on one line, without characters that would end a text in EventBridge's template. Callers choose
 * names of sessions and resources, so nothing in an event is trusted.
 */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  // Letters, digits and visible signs; ["\\<>] would end the text or a placeholder of the template.
  const safe = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]|["\\<>]/gu, '?');
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}...` : safe;
}
