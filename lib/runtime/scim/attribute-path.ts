import { invalidPath } from './api-error';
import { equalities } from './filter';

/** The attribute that an operation or a filter names. */
export interface AttributePath {
  /** Its name in lower case, without the URN of the core schema; a URN of another schema alone. */
  readonly name: string;
  /** The values that a filter in brackets selects, such as those of `members[value eq "x"]`; absent without one. */
  readonly selected?: readonly string[];
  /** The part of a complex attribute. */
  readonly part?: string;
}

/** Longer than any path in use, and short enough for every expression here. */
const LONGEST = 2_000;

/**
 * Reads a path (RFC 7644, figure 7).
 *
 * @param schema the URN of the resource's core schema
 * @throws ApiError if it isn't one
 */
export function readPath(text: unknown, schema: string): AttributePath {
  if (typeof text !== 'string' || text.length > LONGEST) throw notAPath();
  const path = withoutSchema(text.trim(), schema);
  const [urn] = /^urn:[^[\]"\s]+$/i.exec(path) ?? [];
  // Attributes of extensions aren't stored, so it doesn't matter which.
  if (urn !== undefined) return { name: urn.toLowerCase() };
  const [, name, , filter, part] = /^([a-z][\w$-]*)(\[(.*)\])?(?:\.([a-z][\w$-]*))?$/is.exec(path) ?? [];
  if (name === undefined) throw notAPath();
  return {
    name: name.toLowerCase(),
    ...(filter !== undefined && { selected: selectedBy(filter) }),
    ...(part !== undefined && { part: part.toLowerCase() }),
  };
}

/** A name without the URN of the resource's own schema, which may precede it. */
export function withoutSchema(text: string, schema: string): string {
  const prefix = `${schema.toLowerCase()}:`;
  return text.toLowerCase().startsWith(prefix) ? text.slice(prefix.length) : text;
}

/** The values of a filter in brackets; those of several comparisons are joined by `or`. */
const selectedBy = (filter: string): string[] =>
  equalities(filter, 'or').flatMap(({ name, value }) => (name === 'value' ? [value] : []));

const notAPath = () =>
  invalidPath(
    'a \'path\' must name one attribute, such as active, emails[type eq "work"].value or members[value eq "ID"]',
  );
