import { ANSWERS, type AnswerId } from '../answers';
import { isIn, type Phrase, phrasesOf, wordsOf } from './words';

/** An answer that fits a requirement, and the phrases by which it was found. */
export interface Match {
  readonly answer: AnswerId;
  readonly phrases: readonly string[];
}

/** `high` rests on several phrases, `medium` on one. */
export type Confidence = 'high' | 'medium';

/** A requirement that asks for more subjects should be split. */
const MOST = 3;

const PHRASES: readonly (readonly [AnswerId, readonly Phrase[]])[] = Object.entries(ANSWERS).map(([id, { words }]) => [
  id as AnswerId,
  phrasesOf(words),
]);

/** The answers whose phrases a requirement has, best first; none if no subject is recognised. */
export function matchesOf(requirement: string): Match[] {
  const text = wordsOf(requirement);
  return PHRASES.map(([answer, phrases]) => ({
    answer,
    phrases: phrases.filter((phrase) => isIn(phrase, text)).map(({ shown }) => shown),
  }))
    .filter(({ phrases }) => phrases.length > 0)
    .sort((a, b) => b.phrases.length - a.phrases.length || a.answer.localeCompare(b.answer))
    .slice(0, MOST);
}

/** How certain the best of some matches is. */
export const confidenceOf = ([best]: readonly Match[]): Confidence =>
  best !== undefined && best.phrases.length > 1 ? 'high' : 'medium';
