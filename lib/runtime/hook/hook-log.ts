import type { HookFailure } from './hook-error';
import type { HookIds } from './hook-event';

/** All that is ever logged of an operation: identifiers, counts and rule ids. No field could hold a part of a template. */
export interface HookLog extends HookIds {
  readonly event: 'hook';
  readonly outcome: 'allowed' | 'refused' | 'failed';
  readonly durationMs: number;
  readonly resources?: number;
  readonly findings?: number;
  /** The rules that refused, each once. */
  readonly rules?: readonly string[];
  /** How many exceptions let something pass. */
  readonly exceptions?: number;
  /** Why the guard couldn't judge. */
  readonly failure?: HookFailure;
}

/** Writes one line of JSON to standard output, which Lambda sends to the function's log group. */
export function writeHookLog(entry: HookLog): void {
  console.log(JSON.stringify(entry));
}
