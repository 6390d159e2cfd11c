import { isDeepStrictEqual } from 'node:util';

/** The first place in which a value isn't the expected one, with both; none if they are equal. */
export function difference(path: string, expected: unknown, found: unknown): string | undefined {
  if (isDeepStrictEqual(expected, found)) return undefined;
  if (isPlain(expected) && isPlain(found) && Array.isArray(expected) === Array.isArray(found)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const inside = difference(`${path}.${key}`, expected[key], found[key]);
      if (inside !== undefined) return inside;
    }
  }
  return `${path} ${shown(found)} instead of ${shown(expected)}`;
}

/** Intrinsic functions are shown whole. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Object.keys(value).some((key) => /^(Ref$|Fn::)/.test(key));

/** The rules of many names are long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
