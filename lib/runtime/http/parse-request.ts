import type * as z from 'zod/mini';
import { didYouMean } from '../../boundary/nearest';
import { ApiError, type ErrorCode } from './api-error';
import { namesIn } from './known-names';

type Issue = z.core.$ZodIssue;

/** The schema of a request. */
interface Form<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/**
 * Reads a request's body.
 *
 * @param required the parameters that a request must have
 * @throws ApiError naming the parameter that is wrong, never its value, nor a name that the client chose
 */
export function parseRequest<T>(form: Form<T>, body: Record<string, unknown>, required: readonly string[]): T {
  const result = form.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined
    ? new Error('a request was refused without a reason')
    : toApiError(issue, body, required, namesIn(form));
}

function toApiError(
  found: Issue,
  body: Record<string, unknown>,
  required: readonly string[],
  names: ReadonlySet<string>,
): ApiError {
  const { issue, path } = deepest(found, found.path);
  const chosen = path.findIndex((key) => typeof key === 'string' && !names.has(key));
  const param = paramName(chosen < 0 ? path : path.slice(0, chosen));
  if (issue.code === 'unrecognized_keys') return unknownParameter(param, valueAt(body, path), issue.keys, names);
  const isGiven = valueAt(body, path) !== undefined;
  const missing = !isGiven && path.length === 1 && required.includes(param);
  const code = missing ? 'missing_required_parameter' : (ownRefusal(issue)?.code ?? 'invalid_value');
  // For a missing parameter, the list of its possible forms doesn't help.
  const what = missing && issue.code === 'invalid_union' ? 'is required' : expectation(issue, isGiven);
  return new ApiError<ErrorCode>(400, code, `${chosen < 0 ? '' : 'an entry of '}'${param}' ${what}`, { param });
}

/** The code and the expectation of a check that states its own. */
const ownRefusal = (issue: Issue): { readonly code: ErrorCode; readonly expected: string } | undefined =>
  issue.code === 'custom' ? (issue.params as ReturnType<typeof ownRefusal>) : undefined;

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], body);

/** For a union, the member that matches deepest describes the mistake best. */
function deepest(issue: Issue, path: readonly PropertyKey[]): { issue: Issue; path: readonly PropertyKey[] } {
  if (issue.code !== 'invalid_union') return { issue, path };
  return issue.errors
    .flatMap(([first]) => (first ? [deepest(first, [...path, ...first.path])] : []))
    .reduce((best, next) => (next.path.length > best.path.length ? next : best), { issue: issue as Issue, path });
}

/** `messages[0].content`, as OpenAI names a parameter. */
function paramName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : name === '' ? String(key) : `${name}.${String(key)}`),
    '',
  );
}

/**
 * A client may write anything in the place of a name, so the message has the parameter's position. It repeats a name only if another place
 * of the schema has it.
 */
function unknownParameter(
  within: string,
  value: unknown,
  keys: readonly string[],
  names: ReadonlySet<string>,
): ApiError {
  const [key = ''] = keys;
  const misplaced = names.has(key);
  const nth = Object.keys(value ?? {}).indexOf(key) + 1;
  const kind = within === '' ? `parameter ${nth} of the body` : `field ${nth} of '${within}'`;
  const own = within === '' ? key : `${within}.${key}`;
  const meant = misplaced || key.length > LONGEST_NAME ? '' : didYouMean(key, names);
  return new ApiError(
    400,
    'unknown_parameter',
    `${misplaced ? `'${own}'` : kind} is unknown to this gateway, so it can't be honoured; leave it out${meant}`,
    { param: misplaced ? own : within === '' ? undefined : within },
  );
}

/** Longer than any name that is known, and short enough to compare with all. */
const LONGEST_NAME = 64;

/** States what was expected, never what was found, which is the client's content. */
function expectation(issue: Issue, isGiven: boolean): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${isGiven ? 'must be' : 'is required,'} of type ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `may only be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `must ${MEASURE[issue.origin] ?? 'be'} at least ${issue.minimum}`;
    case 'too_big':
      return `must ${MEASURE[issue.origin] ?? 'be'} at most ${issue.maximum}`;
    case 'invalid_format':
      return `must have the form ${'pattern' in issue ? issue.pattern : issue.format}`;
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? `may only be ${issue.options.map((option) => JSON.stringify(option)).join(' or ')}`
        : "has a form that this gateway doesn't accept; docs/COMPATIBILITY.md lists the forms of each parameter";
    case 'custom':
      return ownRefusal(issue)?.expected ?? 'is not valid';
    default:
      return 'is not valid';
  }
}

const TYPES: Readonly<Record<string, string>> = { record: 'object', int: 'integer' };
const MEASURE: Readonly<Record<string, string>> = { string: 'have a length of', array: 'have a length of' };
