import type { z } from 'zod';
import { didYouMean } from '../../boundary/nearest';
import { retentionGuess } from '../model/retention';
import { residencySchema } from '../schema/schema';
import { type Draft, valueAt, without } from './draft';
import { found } from './found';
import type { Path, Problem } from './problem';
import { keysAt, schemaAt } from './schema-keys';
import type { YamlSource } from './yaml-source';

type Issue = z.core.$ZodIssue;

/**
 * Checks the shape of a value, and returns its problems and its valid parts.
 *
 * @param schema the definition to check against
 * @param plainTextAt how a value is written in the file
 */
export function checkShape<T = Draft>(
  value: unknown,
  schema: z.ZodType = residencySchema,
  plainTextAt: YamlSource['plainTextAt'] = () => undefined,
): { readonly draft: T; readonly problems: readonly Problem[] } {
  const issues = (schema.safeParse(value).error?.issues ?? []).flatMap(ofMatchingOption);
  const wrong = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return {
    draft: (without(value, wrong) ?? {}) as T,
    // A boundary has its own messages, which say more than those of a union.
    problems: issues
      .filter(({ path }) => !path.includes('boundary'))
      .flatMap((issue) => problemsOf(issue, { root: value, schema, plainTextAt })),
  };
}

/** Of a union, the issues of the one option that the value is meant for: the others refuse its type, whatever it contains. */
function ofMatchingOption(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [meant, ...others] = issue.errors.filter((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  if (meant === undefined || others.length > 0) return [issue];
  return meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue).flatMap(ofMatchingOption);
}

interface Checked {
  readonly root: unknown;
  readonly schema: z.ZodType;
  readonly plainTextAt: YamlSource['plainTextAt'];
}

function problemsOf(issue: Issue, checked: Checked): Problem[] {
  const { path } = issue;
  const { root, schema } = checked;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, schema));
  if (issue.code === 'invalid_key') {
    return [{ path, text: `isn't a valid key here; allowed: ${issue.issues[0]?.message}`, atKey: true }];
  }
  const value = valueAt(root, path);
  if (value === undefined && path.length > 0) return [{ path, text: `is missing; allowed: ${issue.message}` }];
  return [{ path, text: `found ${found(value)}; allowed: ${issue.message}${guess(issue, value, checked)}` }];
}

function unknownKey(parent: Path, key: string, schema: z.ZodType): Problem {
  const keys = keysAt(parent, schema);
  const merge = key === '<<' ? "; merge keys aren't supported, write each key" : '';
  return {
    path: [...parent, key],
    text: `isn't a known key; allowed: ${keys.join(', ')}${merge}${didYouMean(key, keys)}`,
    atKey: true,
  };
}

function guess(issue: Issue, value: unknown, checked: Checked): string {
  const { path } = issue;
  if (issue.code === 'invalid_value') return didYouMean(value, issue.values.map(String));
  if (path.at(-1) === 'retention') return didMean(retentionGuess(value));
  return didMean(slugGuess(value, issue, checked)) || quoting(path, value, checked);
}

/** A number that is text, or text that is a number. */
function quoting(path: Path, value: unknown, { schema, plainTextAt }: Checked): string {
  const allows = (other: unknown) => schemaAt(path, schema)?.safeParse(other).success === true;
  if (typeof value === 'number') {
    // YAML drops the leading zeros of a number.
    const text = plainTextAt(path) ?? String(value);
    const why = text === String(value) ? 'it is text' : `YAML reads ${text} as a number`;
    if (allows(text)) return `; ${why}, write it in quotes: "${text}"`;
  }
  if (typeof value === 'string' && value.trim() !== '' && allows(Number(value))) {
    return `; it is a number, write it without quotes: ${Number(value)}`;
  }
  return '';
}

const didMean = (text: string | undefined) => (text === undefined ? '' : `; did you mean '${text}'?`);

/** The letters that German writes as two where it has only ASCII. */
const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A valid name that differs only in case, accents, spaces or punctuation. */
function slugGuess(value: unknown, issue: Issue, { schema }: Checked): string | undefined {
  if (typeof value !== 'string' || issue.code !== 'invalid_format' || !issue.message.startsWith('lower-case')) {
    return undefined;
  }
  const name = value
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => GERMAN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z]+|[-.]+$/g, '');
  return schemaAt(issue.path, schema)?.safeParse(name).success ? name : undefined;
}
