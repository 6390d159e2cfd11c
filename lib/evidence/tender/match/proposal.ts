import { ANSWERS, type AnswerId } from '../answers';
import { isIn, type Phrase, phrasesOf, wordsOf } from './words';

/** An answer that fits a requirement, and the words by which it was found. */
export interface Match {
  readonly answer: AnswerId;
  readonly words: readonly string[];
  readonly score: number;
  /** Whether a phrase that names the subject is among the words. */
  readonly isNamed: boolean;
}

/** `low` rests on several common words, the others on a phrase that names the subject. */
export type Confidence = 'high' | 'medium' | 'low';

const STRONG = 3;
const ENOUGH = 3;
const HIGH = 6;
/** A requirement that asks for more subjects should be split. */
const MOST = 3;

const PHRASES: readonly (readonly [AnswerId, readonly Phrase[]])[] = Object.entries(ANSWERS).map(([id, { words }]) => [
  id as AnswerId,
  phrasesOf(words),
]);

/** The answers whose words a requirement has, best first; none if no subject is recognised. */
export function matchesOf(requirement: string): Match[] {
  const text = wordsOf(requirement);
  const found = PHRASES.map(([answer, phrases]) =>
    matchOf(
      answer,
      phrases.filter((phrase) => isIn(phrase, text)),
    ),
  )
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.score - a.score || a.answer.localeCompare(b.answer));
  const named = found.filter(({ isNamed }) => isNamed);
  return (named.length > 0 ? named : found.slice(0, 1)).slice(0, MOST);
}

function matchOf(answer: AnswerId, found: readonly Phrase[]): Match {
  const score = found.reduce((sum, { isStrong }) => sum + (isStrong ? STRONG : 1), 0);
  return { answer, words: found.map(({ shown }) => shown), score, isNamed: found.some(({ isStrong }) => isStrong) };
}

/** How certain the best of some matches is. */
export function confidenceOf([best]: readonly Match[]): Confidence {
  if (best === undefined || !best.isNamed) return 'low';
  return best.score >= HIGH ? 'high' : 'medium';
}
