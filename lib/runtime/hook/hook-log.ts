import type { HookFailure } from './hook-error';
import type { HookIds } from './hook-event';

/** The complete log entry of an operation: identifiers, counts and rule IDs. No field could contain a part of a template. */
export interface HookLog extends HookIds {
  readonly event: 'hook';
  readonly outcome: 'allowed' | 'refused' | 'failed';
  readonly durationMs: number;
  readonly resources?: number;
  readonly findings?: number;
  /** The rules that refused, without duplicates. */
  readonly rules?: readonly string[];
  /** The number of exceptions that allowed a finding. */
  readonly exceptions?: number;
  /** The reason why the guard couldn't check. */
  readonly failure?: HookFailure;
}

/** Writes one line of JSON to standard output, which Lambda sends to the function's log group. */
export function writeHookLog(entry: HookLog): void {
  console.log(JSON.stringify(entry));
}
