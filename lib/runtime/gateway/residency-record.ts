import type { AnyDestination } from '../../boundary/server';
import type { ErrorCode } from './api-error';
import type { ModelRefusal } from './decide';
import type { Attempt } from './failover';
import type { Fault } from './fault';
import type { Retention } from './residency-headers';

/**
 * The residency record of a request: what an auditor is shown. Every value is a number, is made by the gateway, or comes
 * from the policy and the facts; there is no field that a prompt, an answer, a header or a provider's error could reach.
 */
export interface ResidencyRecord {
  readonly event: 'residency';
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

export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
}

/** `aborted`: the client left before the end. */
export type Outcome = 'answered' | 'refused' | 'failed' | 'aborted';

export type Route =
  | 'chat.completions'
  | 'responses'
  | 'conversations'
  | 'exports'
  | 'rights'
  | 'members'
  | 'records'
  | 'files'
  | 'prompts'
  | 'embeddings'
  | 'models'
  | 'other';

/** What an administrator may do to somebody's membership and for somebody's rights, and an auditor with records. */
export type Act =
  | 'member.list'
  | 'member.show'
  | 'member.add'
  | 'member.set-roles'
  | 'member.disable'
  | 'member.enable'
  | 'member.sign-out'
  | 'member.remove'
  | 'record.list'
  | 'right.export'
  | 'right.release-export'
  | 'right.erase'
  | 'right.readmit'
  | 'right.close'
  | 'right.call-off'
  | 'right.hold'
  | 'right.release-hold'
  | 'right.list';

/** What a request leaves behind while it is served, for its record, its metrics and its headers. */
export interface Trail {
  route: Route;
  tenant: string;
  member?: string;
  act?: Act;
  about?: string;
  reason?: ErrorCode | ModelRefusal;
  model?: string;
  destination?: AnyDestination;
  failedAttempts?: readonly Attempt[];
  fault?: Fault;
  tokens?: Tokens;
  /** How a stream ended, if not well; without it the status decides. */
  outcome?: Outcome;
  /** Kept once a streamed answer is over. */
  streamed?: Promise<void>;
}

/** The record of a request that was served, field by field, so that nothing is carried over by accident. */
export function toRecord(
  trail: Trail,
  request: { readonly id: string; readonly time: Date; readonly status: number; readonly retention: Retention },
): ResidencyRecord {
  const regions = mayProcess(trail);
  return {
    event: 'residency',
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

/** Every Region that was sent the request, sorted. */
export function mayProcess({ destination, failedAttempts = [] }: Trail): string[] {
  const regions = [...failedAttempts.flatMap((attempt) => attempt.mayProcess), ...(destination?.regions ?? [])];
  return [...new Set(regions)].sort();
}

function outcomeOf(status: number): Outcome {
  if (status === 499) return 'aborted';
  return status < 400 ? 'answered' : status < 500 ? 'refused' : 'failed';
}
