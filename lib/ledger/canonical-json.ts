import { isPlainCanonical } from './plain-json';

/**
 * The one text of a value (RFC 8785): keys in the order of their UTF-16 code units, no spaces, numbers as ECMAScript writes them.
 * Keys without a value are left out.
 *
 * @throws Error for a value that JSON doesn't have
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    let members = '';
    for (const key of Object.keys(value).sort()) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) members += `${members === '' ? '' : ','}${text(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value);
  throw new Error(
    `a value of type ${typeof value} has no canonical JSON; use texts, finite numbers, booleans, null, lists and objects`,
  );
}

/** Two readers could replace half of a surrogate pair by different characters. */
function text(value: string): string {
  if (!/[\ud800-\udfff]/u.test(value)) return JSON.stringify(value);
  throw new Error('a text with half of a surrogate pair has no canonical JSON; replace that character');
}

/**
 * Whether a text is the canonical JSON of the value that was parsed from it.
 *
 * @throws as `canonicalJson`
 */
export const isCanonical = (text: string, value: unknown): boolean =>
  isPlainCanonical(text) || canonicalJson(value) === text;
