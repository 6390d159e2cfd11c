import { ApiError } from './api-error';

/** A comparison of an attribute with a value, the only one that is supported. */
export interface Equality {
  /** In lower case, with the parts that it has: `members.value`. */
  readonly name: string;
  readonly value: string;
}

/** Longer than two of the longest values. */
const LONGEST = 2_000;

/** More than any client joins. */
const MOST = 100;

/** A name, `eq`, and a JSON text or literal, with the rest. The text has no unescaped quote, so it ends where it seems to. */
const COMPARISON = /^\s*([a-z$][\w$.:-]*)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*/is;

/**
 * The comparisons of a filter, all joined by the same word.
 *
 * @throws ApiError if the filter has another operator, or isn't one
 */
export function equalities(filter: string, joined: 'and' | 'or'): Equality[] {
  if (filter.length > LONGEST) throw unsupported();
  const found: Equality[] = [];
  const word = new RegExp(`^${joined}\\s`, 'i');
  for (let rest = filter; ; ) {
    const [whole, name = '', literal = ''] = COMPARISON.exec(rest) ?? [];
    if (whole === undefined || found.length === MOST) throw unsupported();
    found.push({ name: name.toLowerCase(), value: textOf(literal) });
    rest = rest.slice(whole.length);
    if (rest === '') return found;
    if (!word.test(rest)) throw unsupported();
    rest = rest.slice(joined.length);
  }
}

function textOf(literal: string): string {
  try {
    return `${JSON.parse(literal.startsWith('"') ? literal : literal.toLowerCase())}`;
  } catch {
    throw unsupported();
  }
}

export const unsupported = () =>
  new ApiError(
    400,
    'scim_invalid_filter',
    'a filter must compare by eq, such as userName eq "jane@example.eu"; several comparisons are joined by and; ' +
      'userName, externalId and id of users, and displayName, externalId, id and members of groups can be compared',
  );
