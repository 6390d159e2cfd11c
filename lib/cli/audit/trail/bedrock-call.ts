import { isPlainModel } from './plain-model';

/** A call of a model, or of another operation with content, as CloudTrail recorded it. */
export interface BedrockCall {
  readonly eventId: string;
  readonly requestId: string;
  /** In ISO 8601. */
  readonly time: string;
  /** The called Region. */
  readonly region: string;
  /** Whether its operation is one of `OPERATIONS`. Others count only if they were served outside the boundary. */
  readonly isModelCall: boolean;
  /** The Region that served it; undefined if the event doesn't say. */
  readonly servedIn: string | undefined;
  /** The role or user that called. */
  readonly caller: string;
}

const SOURCE = /^bedrock[a-z-]*\.amazonaws\.com$/;

/** The beginnings of the names of operations that call a model. */
export const OPERATIONS = [
  'InvokeModel',
  'Converse',
  'CreateChatCompletion',
  'CreateResponse',
  'CreateMessage',
  'CreateModelInvocationJob',
  'StartAsyncInvoke',
] as const;

/** Errors with which Bedrock refuses a request before a model receives it. */
const REFUSED = /^(?:AccessDenied|Validation|Throttling|ResourceNotFound)(?:Exception)?$/;

/** An event of CloudTrail, as far as it is read. */
export interface TrailEvent {
  readonly eventSource?: unknown;
  readonly eventName?: unknown;
  readonly eventID?: unknown;
  readonly eventTime?: unknown;
  readonly requestID?: unknown;
  readonly awsRegion?: unknown;
  readonly errorCode?: unknown;
  readonly additionalEventData?: { readonly inferenceRegion?: unknown } | null;
  readonly requestParameters?: { readonly modelId?: unknown } | null;
  readonly userIdentity?: {
    readonly arn?: unknown;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: unknown } };
  };
}

/** The call that an event records; undefined for an event that neither calls a model nor names a serving Region. */
export function bedrockCall(event: TrailEvent): BedrockCall | undefined {
  const { eventSource, eventName } = event;
  if (!SOURCE.test(text(eventSource))) return undefined;
  const isModelCall = OPERATIONS.some((name) => text(eventName).startsWith(name));
  if (!isModelCall && event.additionalEventData?.inferenceRegion === undefined) return undefined;
  const { userIdentity, awsRegion } = event;
  const region = text(awsRegion);
  return {
    eventId: text(event.eventID),
    requestId: text(event.requestID),
    time: text(event.eventTime),
    region,
    isModelCall,
    servedIn: servedIn(event, region),
    caller: text(userIdentity?.sessionContext?.sessionIssuer?.arn ?? userIdentity?.arn),
  };
}

/**
 * The field is documented for calls through a profile. A call of a plain model is served in the called Region, and so is one that was
 * refused before a model received it. Of any other call, nothing says where it was served.
 */
function servedIn(
  { additionalEventData, requestParameters, errorCode }: TrailEvent,
  region: string,
): string | undefined {
  const named = additionalEventData?.inferenceRegion;
  if (named !== undefined) return text(named);
  const isHere = REFUSED.test(text(errorCode)) || isPlainModel(text(requestParameters?.modelId), region);
  return isHere ? region : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
