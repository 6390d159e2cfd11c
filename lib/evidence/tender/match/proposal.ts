import { ANSWERS, type AnswerId } from '../answers';
import { type Phrase, partOf, phrasesOf } from './phrases';
import { Text } from './text';
import { namingOf } from './words';

/** An answer that fits a requirement, and the parts of the requirement by which it was found. */
export interface Match {
  readonly answer: AnswerId;
  readonly parts: readonly string[];
}

/** `high` rests on several phrases, `medium` on one of several words, `low` on a single word, or on a text that words can't answer. */
export type Confidence = 'high' | 'medium' | 'low';

const PHRASES: readonly (readonly [AnswerId, readonly Phrase[]])[] = Object.entries(ANSWERS).map(([id, { words }]) => [
  id as AnswerId,
  phrasesOf(words),
]);

/** The answers whose phrases a requirement has, best first; none if no subject is recognised. */
export function matchesOf(requirement: string): Match[] {
  const text = new Text(requirement);
  return PHRASES.map(([answer, phrases]) => ({
    answer,
    parts: phrases.flatMap((phrase) => partOf(phrase, text) ?? []),
  }))
    .filter(({ parts }) => parts.length > 0)
    .sort((a, b) => b.parts.length - a.parts.length || a.answer.localeCompare(b.answer));
}

/** How certain the best of some matches is. */
export function confidenceOf([best]: readonly Match[]): Confidence {
  if (best !== undefined && best.parts.length > 1) return 'high';
  return namingOf(best?.parts[0] ?? '').length > 1 ? 'medium' : 'low';
}
