import type { Job } from './job';

/**
 * Names what a person decided about a job while it waited: its running execution waits for a time that doesn't count any more, so the
 * job needs another one. Undefined if there was no such decision.
 */
export function decisionDuringWait({ kind, state, step, figures }: Job): string | undefined {
  if (step === 'hand-over') return 'released';
  if (state === 'called-off') return 'called-off';
  return kind === 'erase' && step === 'canary' && figures.confirmedBy !== undefined ? 'confirmed' : undefined;
}
