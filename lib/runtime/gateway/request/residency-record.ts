import { type FilteredRecord, RESIDENCY_EVENT } from '../../../contract/metrics';
import type { ErrorCode } from '../../http/api-error';
import type { Retention } from '../policy/kept';
import type { ModelRefusal } from './model-refusal';
import { type Act, mayProcess, type Outcome, type Tokens, type Trail } from './trail';

/**
 * The residency record of a request: what an auditor is shown. Every value is a number, is made by the gateway, or comes
 * from the policy and the facts; there is no field that a prompt, an answer, a header or a provider's error could reach.
 */
export interface ResidencyRecord extends FilteredRecord {
  readonly id: string;
  /** When the request came, in ISO 8601. */
  readonly time: string;
  /** The tenant by its id in `residency.yaml`; never a key or an address. */
  readonly tenant: string;
  /** Who of a workspace asked, by the pseudonym that its user pool gave them. */
  readonly member?: string;
  /** What an administrator or an auditor did, or tried to. */
  readonly act?: Act;
  /** To whom, by their pseudonym; none where there is nobody of that id. */
  readonly about?: string;
  /** The policy's name of the model. */
  readonly model?: string;
  readonly destination?: string;
  readonly sourceRegion?: string;
  /** Every Region that may have processed the request, in an attempt that failed too. */
  readonly mayProcess?: readonly string[];
  readonly retention: Retention;
  readonly tokens?: Tokens;
  readonly outcome: Outcome;
  readonly reason?: ErrorCode | ModelRefusal;
}

/** The record of a request that was served, field by field, so that nothing is carried over by accident. */
export function toRecord(
  trail: Trail,
  request: { readonly id: string; readonly time: Date; readonly status: number; readonly retention: Retention },
): ResidencyRecord {
  const regions = mayProcess(trail);
  return {
    event: RESIDENCY_EVENT,
    id: request.id,
    time: request.time.toISOString(),
    tenant: trail.tenant,
    member: trail.member,
    act: trail.act,
    about: trail.about,
    model: trail.model,
    destination: trail.destination?.id,
    sourceRegion: trail.destination?.sourceRegion,
    mayProcess: regions.length > 0 ? regions : undefined,
    retention: request.retention,
    tokens: trail.tokens,
    outcome: trail.outcome ?? outcomeOf(request.status),
    reason: trail.reason,
  };
}

function outcomeOf(status: number): Outcome {
  if (status === 499) return 'aborted';
  return status < 400 ? 'answered' : status < 500 ? 'refused' : 'failed';
}
