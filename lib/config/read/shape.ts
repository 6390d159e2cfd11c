import type { z } from 'zod';
import { retentionGuess } from '../model/retention';
import { residencySchema } from '../schema/schema';
import { type Draft, valueAt, without } from './draft';
import { found } from './found';
import { didYouMean } from './nearest';
import type { Path, Problem } from './problem';
import { keysAt, schemaAt } from './schema-keys';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with the shape of a value, and the parts of it that aren't.
 *
 * @param schema what it is checked by
 */
export function checkShape<T = Draft>(
  value: unknown,
  schema: z.ZodType = residencySchema,
): { readonly draft: T; readonly problems: readonly Problem[] } {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const wrong = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return {
    draft: (without(value, wrong) ?? {}) as T,
    // A boundary is worth more words than a union of shapes has.
    problems: issues
      .filter(({ path }) => !path.includes('boundary'))
      .flatMap((issue) => problemsOf(issue, value, schema)),
  };
}

function problemsOf(issue: Issue, root: unknown, schema: z.ZodType): Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, schema));
  if (issue.code === 'invalid_key') {
    return [{ path, text: `is no key that may be here; allowed: ${issue.issues[0]?.message}`, atKey: true }];
  }
  const value = valueAt(root, path);
  if (value === undefined && path.length > 0) return [{ path, text: `is missing; allowed: ${issue.message}` }];
  return [{ path, text: `found ${found(value)}; allowed: ${issue.message}${guess(issue, path, value, schema)}` }];
}

function unknownKey(parent: Path, key: string, schema: z.ZodType): Problem {
  const keys = keysAt(parent, schema);
  const merge = key === '<<' ? '; merge keys are not read, write the keys out' : '';
  return {
    path: [...parent, key],
    text: `is no key of this file; allowed: ${keys.join(', ')}${merge}${didYouMean(key, keys)}`,
    atKey: true,
  };
}

function guess(issue: Issue, path: Path, value: unknown, schema: z.ZodType): string {
  if (issue.code === 'invalid_value') return didYouMean(value, issue.values.map(String));
  if (path.at(-1) === 'retention') return didMean(retentionGuess(value));
  return didMean(slugGuess(value, issue)) || quoting(path, value, schema);
}

/** A number that is text, or text that is a number. */
function quoting(path: Path, value: unknown, schema: z.ZodType): string {
  const allows = (other: unknown) => schemaAt(path, schema)?.safeParse(other).success === true;
  if (typeof value === 'number' && allows(String(value))) return `; it is text, write it in quotes: "${value}"`;
  if (typeof value === 'string' && value.trim() !== '' && allows(Number(value))) {
    return `; it is a number, write it without quotes: ${Number(value)}`;
  }
  return '';
}

const didMean = (text: string | undefined) => (text === undefined ? '' : `; did you mean '${text}'?`);

/** A name that only differs in case, spaces or underscores from one that is allowed. */
function slugGuess(value: unknown, issue: Issue): string | undefined {
  if (typeof value !== 'string' || issue.code !== 'invalid_format' || !issue.message.startsWith('lower-case')) {
    return undefined;
  }
  const name = value
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z]+|[-.]+$/g, '');
  return name.length > 0 && name.length <= 20 ? name : undefined;
}
