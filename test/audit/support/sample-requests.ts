import type { Random } from './random';

/** A request with one call of a model, from which its record and its event are made. */
export interface SampleRequest {
  readonly id: string;
  readonly requestId: string;
  readonly eventId: string;
  readonly time: number;
  readonly stream: string;
  readonly seq: number;
  /** The Region that serves it. */
  servedIn: string;
}

export const SOURCE_REGION = 'eu-central-1';
export const PLACES = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-3'];
const PROFILE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';

const uuid = (random: Random): string =>
  random
    .bytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3})(.{4})/, '$1-$2-4$3-$4-');

/** Makes the requests of an hour; each process numbers its own. */
export class SampleRequests {
  private readonly streams: { readonly name: string; next: number }[];

  constructor(private readonly random: Random) {
    this.streams = Array.from({ length: 8 }, () => ({ name: random.bytes(16).toString('hex'), next: 0 }));
  }

  public hour(start: number, count: number): SampleRequest[] {
    const { random } = this;
    return Array.from({ length: count }, (_, index) => {
      const stream = this.streams[random.below(this.streams.length)] as (typeof this.streams)[number];
      stream.next += 1;
      return {
        id: `req_${random.bytes(12).toString('hex')}`,
        requestId: uuid(random),
        eventId: uuid(random),
        time: start + Math.floor((index * 3_600_000) / count),
        stream: stream.name,
        seq: stream.next - 1,
        servedIn: PLACES[random.below(PLACES.length)] as string,
      };
    });
  }
}

/** The record of a request, as a gateway leaves it. */
export const recordOf = ({ id, requestId, time, stream, seq }: SampleRequest) => ({
  event: 'residency',
  id,
  time: new Date(time).toISOString(),
  tenant: 'sciences',
  model: 'claude',
  destination: PROFILE,
  sourceRegion: SOURCE_REGION,
  mayProcess: PLACES,
  retention: 'not-stored',
  tokens: { input: 1_200, output: 340 },
  outcome: 'answered',
  attempts: [{ destination: PROFILE, sourceRegion: SOURCE_REGION, requestIds: [requestId], outcome: 'answered' }],
  stream,
  seq,
});

/** The event of a request, in the form of CloudTrail's. */
export const eventOf = ({ requestId, eventId, time, servedIn }: SampleRequest) => ({
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEEXAMPLEEXA:gateway',
    arn: 'arn:aws:sts::111122223333:assumed-role/chat-workspace-sciences-Gateway/gateway',
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/chat-workspace-sciences-Gateway' },
      attributes: { creationDate: '2026-11-01T00:00:00Z', mfaAuthenticated: 'false' },
    },
  },
  eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
  eventSource: 'bedrock.amazonaws.com',
  eventName: 'ConverseStream',
  awsRegion: SOURCE_REGION,
  sourceIPAddress: '10.0.12.34',
  userAgent: 'aws-sdk-js/3.1164.0',
  requestParameters: { modelId: PROFILE },
  responseElements: null,
  additionalEventData: { inferenceRegion: servedIn },
  requestID: requestId,
  eventID: eventId,
  readOnly: true,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
});
