/**
 * Marks inside a resolved text for what isn't known at check time. Private-use characters, so that no pattern for
 * a place matches across one.
 */

/** Something that belongs to the deployment itself: an account id, a stack name, a resource of AWS in the same app. */
export const OWN = '\uE000';

/** Something that nothing in the template decides: a parameter without default, an import from elsewhere, what a custom resource answers. */
export const OPEN = '\uE001';

/** More values than can be looked at: what stands here may be anything. */
export const MANY = '\uE002';

/** A text as messages show it. */
export function readable(text: string): string {
  return text.replaceAll(OWN, '…').replaceAll(OPEN, '<unresolved>').replaceAll(MANY, '<many values>');
}
