/** A UUID, or a digest or ID of at least eight bytes in hexadecimal. */
const RANDOM = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}/gi;

/**
 * A value as JSON without its random IDs. A test that a text lacks a short word looks at this, because one in a hundred IDs contains the
 * letters of a name such as `ada`.
 */
export const withoutRandomIds = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replace(RANDOM, 'ID');
