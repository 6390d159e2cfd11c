import type * as z from 'zod/mini';
import { ApiError, type HttpErrorCode } from './api-error';

type Issue = z.core.$ZodIssue;

/** The schema of a request. */
interface Form<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/**
 * Reads a request's body.
 *
 * @param required the parameters that a request must have
 * @throws ApiError naming the parameter that is wrong, never its value
 */
export function parseRequest<T>(form: Form<T>, body: Record<string, unknown>, required: readonly string[]): T {
  const result = form.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? new Error('a request was refused without a reason') : toApiError(issue, body, required);
}

function toApiError(found: Issue, body: Record<string, unknown>, required: readonly string[]): ApiError {
  const { issue, path } = deepest(found, found.path);
  const param = paramName(path);
  if (issue.code === 'unrecognized_keys') return unknownParameter(path, issue.keys);
  const isGiven = valueAt(body, path) !== undefined;
  const missing = !isGiven && path.length === 1 && required.includes(param);
  const code: HttpErrorCode = missing ? 'missing_required_parameter' : 'invalid_value';
  // For a missing parameter, the list of its possible forms doesn't help.
  const what = missing && issue.code === 'invalid_union' ? 'is required' : expectation(issue, isGiven);
  return new ApiError(400, code, `'${param}' ${what}`, { param });
}

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

/** A message repeats a name only if it has the form of a parameter, because a client may write anything in its place. */
function unknownParameter(path: readonly PropertyKey[], keys: readonly string[]): ApiError {
  const key = keys.find((name) => /^[a-z][a-z_]{1,31}$/.test(name));
  const param = paramName(key === undefined ? path : [...path, key]);
  return param === ''
    ? new ApiError(400, 'unknown_parameter', "the body has a parameter that this gateway doesn't know; leave it out")
    : new ApiError(
        400,
        'unknown_parameter',
        key === undefined
          ? `'${param}' has a field that this gateway doesn't know; leave it out`
          : `'${param}' is unknown to this gateway, so it can't be honoured; leave it out`,
        { param },
      );
}

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
    default:
      return 'is not valid';
  }
}

const TYPES: Readonly<Record<string, string>> = { record: 'object', int: 'integer' };
const MEASURE: Readonly<Record<string, string>> = { string: 'have a length of', array: 'have a length of' };
