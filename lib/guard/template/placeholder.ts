/**
 * Placeholders in a resolved text for parts that aren't known at check time. They are private-use characters, so that no
 * pattern for a place matches across one.
 */

/** A value that belongs to the deployment itself: an account id, a stack name, an AWS resource in the same app. */
export const OWN_VALUE = '\uE000';

/** A value that the template doesn't determine: a parameter without a default, an external import, a custom resource's output. */
export const UNRESOLVED = '\uE001';

/** More values than the guard can check: the value may be anything. */
export const TOO_MANY = '\uE002';

/** A document in a text that is nested deeper than the guard reads: it may name anything. */
export const TOO_DEEP = '\uE003';

/** A text in the form that messages show. */
export function readable(text: string): string {
  return text.replaceAll(OWN_VALUE, '…').replaceAll(UNRESOLVED, '<unresolved>').replaceAll(TOO_MANY, '<many values>');
}
