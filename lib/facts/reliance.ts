import type { Sourced } from './types';

/** Whether a fact may allow anything: a row of low confidence never does. */
export function isReliable(fact: Pick<Sourced, 'confidence'>): boolean {
  return fact.confidence !== 'low';
}
