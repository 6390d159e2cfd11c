import { type FilteredRecord, RESIDENCY_EVENT } from '../../../contract/metrics';
import type { ErrorCode } from '../api-error';
import { type Attempt, attemptsOf } from './attempt';
import { apiOf, type DestinationApi } from './destination-api';
import type { Act, Reason } from './record-names';
import { finalTokens, mayProcess, type Outcome, type RequestLog, type Tokens } from './request-log';
import type { Retention } from './retention';
import type { SkippedDestination } from './skipped-destination';

/**
 * The residency record of a request, which auditors read. Every value is a number, is made by the API, or comes from the policy and
 * the facts. No field exists that a prompt, an answer, a header or a provider's error could reach.
 */
export interface ResidencyRecord extends FilteredRecord {
  readonly id: string;
  /** When the request arrived, in ISO 8601. */
  readonly time: string;
  /** The tenant by its ID in `residency.yaml`; never a key or an address. */
  readonly tenant: string;
  /** The user of a workspace who made the request, by the pseudonym that its user pool assigned. */
  readonly member?: string;
  /** What an administrator or an auditor did, or tried to do. */
  readonly act?: Act;
  /** The affected user, by their pseudonym. Absent if no user has that ID. */
  readonly about?: string;
  /** The policy's name of the model. */
  readonly model?: string;
  readonly destination?: string;
  readonly sourceRegion?: string;
  /** The API of Bedrock by which the destination was called; absent if Converse. */
  readonly api?: DestinationApi;
  /** Every attempt at a destination, in order. Absent if none was called. */
  readonly attempts?: readonly Attempt[];
  /** The destinations that were passed over without a call, in their order. Absent if none was. */
  readonly skipped?: readonly SkippedDestination[];
  /** Every Region that may have processed the request, including those of failed attempts. */
  readonly mayProcess?: readonly string[];
  readonly retention: Retention;
  readonly tokens?: Tokens;
  /** A guardrail replaced the answer, or a part of it; the record doesn't say which content. */
  readonly intervened?: true;
  readonly outcome: Outcome;
  readonly reason?: ErrorCode | Reason;
}

/** The record of a finished request, built field by field so that nothing is copied by accident. */
export function toRecord(
  log: RequestLog,
  request: { readonly id: string; readonly time: Date; readonly status: number; readonly retention: Retention },
): ResidencyRecord {
  const regions = mayProcess(log);
  return {
    event: RESIDENCY_EVENT,
    id: request.id,
    time: request.time.toISOString(),
    tenant: log.tenant,
    member: log.member,
    act: log.act,
    about: log.about,
    model: log.model,
    destination: log.destination?.id,
    sourceRegion: log.destination?.sourceRegion,
    api: log.destination && apiOf(log.destination),
    attempts: attemptsOf(log),
    skipped: log.skipped,
    mayProcess: regions.length > 0 ? regions : undefined,
    retention: request.retention,
    tokens: finalTokens(log),
    intervened: log.intervened,
    outcome: log.outcome ?? outcomeOf(request.status),
    reason: log.reason,
  };
}

function outcomeOf(status: number): Outcome {
  if (status === 499) return 'aborted';
  return status < 400 ? 'answered' : status < 500 ? 'refused' : 'failed';
}
