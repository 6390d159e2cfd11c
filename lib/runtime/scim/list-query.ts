import { invalidValue } from './api-error';
import { withoutSchema } from './attribute-path';
import { equalities } from './filter';

/** The longest page. */
export const MOST_IN_PAGE = 1_000;

const DEFAULT_IN_PAGE = 100;

/** Which attributes of a resource are requested. */
export interface Selection {
  /** In lower case; undefined for the default attributes. */
  readonly attributes?: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
}

/** A request for a list. `sortBy` isn't supported and not read (RFC 7644, 3.4.2.3). */
export interface ListQuery extends Selection {
  /** The comparisons that a resource must meet, by names in lower case; empty for all. */
  readonly filter: readonly (readonly [name: string, value: string])[];
  /** From 0. */
  readonly start: number;
  readonly count: number;
}

/** @throws ApiError if a parameter has a wrong form */
export function readListQuery(query: URLSearchParams, schema: string): ListQuery {
  const filter = query.get('filter');
  return {
    ...readSelection(query, schema),
    filter:
      filter === null
        ? []
        : equalities(filter, 'and').map(({ name, value }) => [
            withoutSchema(name, schema).replace(/^members\.value$/, 'members'),
            value,
          ]),
    // Less than 1 counts as 1, and a negative count as 0 (RFC 7644, table 6).
    start: Math.max(whole(query, 'startIndex', 1), 1) - 1,
    count: Math.min(Math.max(whole(query, 'count', DEFAULT_IN_PAGE), 0), MOST_IN_PAGE),
  };
}

export function readSelection(query: URLSearchParams, schema: string): Selection {
  const attributes = names(query.get('attributes'), schema);
  return { ...(attributes && { attributes }), excluded: names(query.get('excludedAttributes'), schema) ?? new Set() };
}

/** Whether an attribute that isn't always returned is requested. */
export const isSelected = ({ attributes, excluded }: Selection, name: string, byDefault: boolean): boolean =>
  !excluded.has(name) && (attributes?.has(name) ?? byDefault);

/** A resource with the requested attributes only. `schemas` and `id` are always returned. */
export function selected<T extends object>(resource: T, selection: Selection): Partial<T> {
  const isReturned = (name: string) =>
    name === 'schemas' || name === 'id' || isSelected(selection, name.toLowerCase(), true);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isReturned(name))) as Partial<T>;
}

/** The attributes of a list of paths; a part counts as the whole. */
function names(list: string | null, schema: string): ReadonlySet<string> | undefined {
  if (list === null || list === '') return undefined;
  return new Set(list.split(',').map((path) => withoutSchema(path.trim(), schema).toLowerCase().replace(/\..*$/, '')));
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name) ?? `${otherwise}`;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw invalidValue(`'${name}' must be a whole number`);
}
