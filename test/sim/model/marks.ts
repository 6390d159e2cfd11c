import { Violation } from '../violation';

const MARK = /CN(\d+)g(\d+)n\d+x/g;

/** The marks of a text, each of which names its owner. */
export const marksIn = (text: string): string[] => text.match(MARK) ?? [];

/** Whose mark it is: a person, between two of their erasures. */
export const ownerOf = (mark: string): string => mark.replace(/n\d+x$/, '');

/**
 * Checks that an answer has no text of other people, and none from before an erasure.
 *
 * @param owners whose texts it may have
 */
export function requireOwn(text: string, owners: readonly string[], where: string): void {
  const foreign = marksIn(text).find((mark) => !owners.includes(ownerOf(mark)));
  if (foreign === undefined) return;
  throw new Violation(
    'no answer has content of other people, or erased content',
    `texts of ${owners.join(', ') || 'no user'}`,
    `${foreign} in ${where}`,
  );
}
