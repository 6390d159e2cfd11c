import type { AnyDestination } from '../../../boundary/server';
import type { ErrorCode } from '../../http/api-error';
import type { Fault } from '../../http/fault';
import type { Attempt } from './attempt';
import type { ModelRefusal } from './model-refusal';

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

/** Every Region that was sent the request, sorted. */
export function mayProcess({ destination, failedAttempts = [] }: Trail): string[] {
  const regions = [...failedAttempts.flatMap((attempt) => attempt.mayProcess), ...(destination?.regions ?? [])];
  return [...new Set(regions)].sort();
}
