import { looksLikeProfile } from '../../../boundary/profile-id';

/** A call of a model, as CloudTrail recorded it. */
export interface BedrockCall {
  readonly eventId: string;
  readonly requestId: string;
  /** In ISO 8601. */
  readonly time: string;
  /** The called Region. */
  readonly region: string;
  /** The Region that served it; undefined if the event doesn't say. */
  readonly servedIn: string | undefined;
  /** The role or user that called. */
  readonly caller: string;
}

const SOURCES = ['bedrock.amazonaws.com', 'bedrock-mantle.amazonaws.com'];

/** Calls of models, which carry content. Others read or change settings. */
const CALLS = /^(?:InvokeModel|Converse|CreateChatCompletion|CreateResponse|CreateMessage)/;

/** An event of CloudTrail, as far as it is read. */
export interface TrailEvent {
  readonly eventSource?: unknown;
  readonly eventName?: unknown;
  readonly eventID?: unknown;
  readonly eventTime?: unknown;
  readonly requestID?: unknown;
  readonly awsRegion?: unknown;
  readonly errorCode?: unknown;
  readonly additionalEventData?: { readonly inferenceRegion?: unknown };
  readonly requestParameters?: { readonly modelId?: unknown } | null;
  readonly userIdentity?: {
    readonly arn?: unknown;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: unknown } };
  };
}

/** The call of a model that an event records; undefined for another event. */
export function bedrockCall(event: TrailEvent): BedrockCall | undefined {
  const { eventSource, eventName } = event;
  if (!SOURCES.includes(eventSource as string) || !CALLS.test(`${eventName}`)) return undefined;
  const { userIdentity, awsRegion } = event;
  const region = text(awsRegion);
  return {
    eventId: text(event.eventID),
    requestId: text(event.requestID),
    time: text(event.eventTime),
    region,
    servedIn: servedIn(event, region),
    caller: text(userIdentity?.sessionContext?.sessionIssuer?.arn ?? userIdentity?.arn),
  };
}

/**
 * The field is documented for calls through a profile. Any other call is served in the called Region, and so is an error: no
 * model received it.
 */
function servedIn(
  { additionalEventData, requestParameters, errorCode }: TrailEvent,
  region: string,
): string | undefined {
  const named = additionalEventData?.inferenceRegion;
  if (named !== undefined) return text(named);
  const model = text(requestParameters?.modelId);
  const id = model.split('/').at(-1) ?? '';
  const isProfile = model.includes('inference-profile/') || looksLikeProfile(id);
  return isProfile && errorCode === undefined ? undefined : region;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
