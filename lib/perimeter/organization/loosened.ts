import type { PerimeterStatement } from './document';

/** A statement as an account or organization has it; every element may be a text or a list. */
export type FoundStatement = Readonly<Record<string, unknown>>;

/**
 * In which ways a statement that was found refuses less, or allows more, than the required one. The order of elements doesn't matter, and a
 * stricter statement has none.
 */
export function loosenedIn(required: PerimeterStatement, found: FoundStatement): string[] {
  if (found.Effect !== required.Effect) return [`its effect is ${shown(found.Effect)} and not ${required.Effect}`];
  return required.Effect === 'Deny' ? deniesLess(required, found) : allowsMore(required, found);
}

function deniesLess(required: PerimeterStatement, found: FoundStatement): string[] {
  return [
    ...lacking(required.Action, found.Action, found.NotAction, 'Action'),
    ...added(required.NotAction, found.NotAction, found.Action, 'NotAction'),
    ...lacking(required.Resource, found.Resource, found.NotResource, 'Resource'),
    ...added(required.NotResource, found.NotResource, found.Resource, 'NotResource'),
    ...(required.Principal !== undefined && shown(found.Principal) !== '"*"'
      ? [`Principal is ${shown(found.Principal)} and not "*"`]
      : []),
    ...conditions(found.Condition).flatMap(({ operator, key, values }) =>
      narrower(operator, key, values, conditions(required.Condition)),
    ),
  ];
}

function allowsMore(required: PerimeterStatement, found: FoundStatement): string[] {
  const more = (name: 'Action' | 'Resource') => uncovered(texts(found[name]), texts(required[name]), name);
  const lost = conditions(required.Condition).filter(
    ({ operator, key, values }) =>
      !conditions(found.Condition).some(
        (other) => other.operator === operator && other.key === key && sameTexts(other.values, values),
      ),
  );
  return [
    ...(found.NotAction === undefined ? [] : ['it allows everything but NotAction']),
    ...(found.NotResource === undefined ? [] : ['it allows everything but NotResource']),
    ...['Action', 'Resource'].flatMap((name) => {
      const extra = more(name as 'Action' | 'Resource');
      return extra.length === 0 ? [] : [`${name} has ${extra.join(', ')} as well`];
    }),
    ...lost.map(({ operator, key }) => `the condition ${operator} on ${key} is missing or differs`),
  ];
}

/** What a list that is denied no longer has. */
function lacking(required: unknown, found: unknown, inverse: unknown, name: string): string[] {
  if (required === undefined) return [];
  if (found === undefined) return inverse === undefined ? [`${name} is missing`] : [`${name} became Not${name}`];
  const lost = uncovered(texts(required), texts(found), name);
  return lost.length === 0 ? [] : [`${name} lacks ${lost.join(', ')}`];
}

/** What a list of exemptions has in addition. */
function added(required: unknown, found: unknown, inverse: unknown, name: string): string[] {
  if (required === undefined) return [];
  if (found === undefined) return inverse === undefined ? [`${name} is missing`] : [`${name} became ${name.slice(3)}`];
  const more = uncovered(texts(found), texts(required), name);
  return more.length === 0 ? [] : [`${name} has ${more.join(', ')} as well`];
}

/** A condition that a denial has in addition, or that matches fewer requests, leaves more allowed. */
function narrower(operator: string, key: string, values: readonly string[], required: readonly Pair[]): string[] {
  const same = required.find((pair) => pair.operator === operator && pair.key === key);
  if (same === undefined) return [`it has the further condition ${operator} on ${key}`];
  const [less, more, word] = /Not/.test(operator)
    ? [values, same.values, 'also exempts']
    : [same.values, values, 'no longer has'];
  const missing = less.filter((one) => !more.includes(one));
  return missing.length === 0 ? [] : [`the condition ${operator} on ${key} ${word} ${missing.join(', ')}`];
}

/** One comparison of a condition; keys of conditions aren't case-sensitive. */
interface Pair {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const conditions = (condition: unknown): Pair[] =>
  Object.entries((condition ?? {}) as Readonly<Record<string, object>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: texts(values) })),
  );

const texts = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));

const sameTexts = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((text) => other.includes(text));

const shown = (value: unknown) => JSON.stringify(value) ?? 'none';

/** The texts that no pattern covers. IAM compares actions without case, and ARNs with it. */
function uncovered(all: readonly string[], patterns: readonly string[], element: string): string[] {
  const flags = element.endsWith('Action') ? 'is' : 's';
  const form = (text: string) => (flags === 'is' ? text.toLowerCase() : text);
  const same = new Set(patterns.map(form));
  const left = all.filter((one) => !same.has(form(one)));
  if (left.length === 0) return [];
  const wide = patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => expression(pattern, flags));
  return left.filter((one) => !wide.some((pattern) => pattern.test(one)));
}

/** A `?` covers one character, and never the `*` of a narrower pattern. */
function expression(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '[^*]');
  return new RegExp(`^${source}$`, flags);
}
