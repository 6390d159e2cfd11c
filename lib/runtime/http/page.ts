import * as z from 'zod/mini';
import { ApiError } from './api-error';

/** The requested part of a list. */
export interface PageQuery {
  /** The ID of the last known entry. */
  readonly after?: string;
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  readonly include: readonly string[];
  readonly purpose?: string;
  readonly group?: string;
}

/** A part of a list, as OpenAI's clients read it. */
export interface Page<T> {
  readonly object: 'list';
  readonly data: readonly T[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
}

export const pageOf = <T extends { readonly id: string }>(data: readonly T[], more: boolean): Page<T> => ({
  object: 'list',
  data,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
  has_more: more,
});

/** The additions to an item that a client may request. Images are always included. */
const INCLUDABLE = ['reasoning.encrypted_content', 'message.input_image.image_url'] as const;

const forms = {
  after: z.string().check(z.minLength(1), z.maxLength(128)),
  limit: z.string().check(z.regex(/^([1-9]\d?|100)$/)),
  order: z.enum(['asc', 'desc']),
  include: z.enum(INCLUDABLE),
  stream: z.literal('false'),
  include_obfuscation: z.enum(['true', 'false']),
  purpose: z.string(),
  group: z.string().check(z.minLength(1), z.maxLength(256)),
};

const EXPECTED: Readonly<Record<keyof typeof forms, string>> = {
  after: 'must be the id of one of the list',
  limit: 'must be a whole number from 1 to 100',
  order: 'may only be "asc" or "desc"',
  include: `may only be ${INCLUDABLE.map((name) => `"${name}"`).join(' or ')}`,
  stream: "may only be false: a stored response can't be streamed",
  include_obfuscation: 'may only be true or false',
  purpose: 'must be a text',
  group: 'must be the name of a group, of 1 to 256 characters',
};

/**
 * Reads the query of a request.
 *
 * @param names the permitted parameters
 * @throws ApiError naming the parameter that is wrong, or those that are permitted
 */
export function readQuery(request: Request, names: readonly (keyof typeof forms)[]): PageQuery {
  const given: Record<string, string> = {};
  const include: string[] = [];
  for (const [key, value] of new URL(request.url).searchParams) {
    // A list is written as `include[]`, as `include[0]` or by repetition.
    const param = names.find((name) => name === (name === 'include' ? key.replace(/\[\d*\]$/, '') : key));
    if (param === undefined || (param !== 'include' && Object.hasOwn(given, param))) throw unknown(names);
    if (!forms[param].safeParse(value).success) {
      throw new ApiError(400, 'invalid_value', `'${param}' ${EXPECTED[param]}`, { param });
    }
    if (param === 'include') include.push(value);
    else given[param] = value;
  }
  return {
    after: given.after,
    limit: Number(given.limit ?? 20),
    order: given.order === 'asc' ? 'asc' : 'desc',
    include,
    purpose: given.purpose,
    group: given.group,
  };
}

const unknown = (names: readonly string[]) =>
  new ApiError(
    400,
    'unknown_parameter',
    names.length === 0
      ? 'this path accepts no query; leave it out'
      : `the query has a parameter that this path doesn't know, or one twice; it accepts ${names.join(', ')}`,
  );
