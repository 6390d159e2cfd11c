import { jsonIn } from '../template/nesting';
import { isMap, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import type { Origins } from './followed';
import type { PlannedResource } from './plan';
import { isDeny, POLICY_DOCUMENT, policyDocument, statementsOf } from './policy-document';

/** Most documents behind a value, and most statements of them; a rule compares each statement with each other. */
const MAX_DOCUMENTS = 300;
const MAX_STATEMENTS = 100;

const byDocument = new WeakMap<PlannedResource, readonly unknown[]>();

/**
 * The policy that a value is, if nothing but policy documents is behind it. Each of several documents may be the one that applies,
 * so the policy has the statements of all.
 *
 * @param valuesOf the values of a policy document
 */
export function policyFrom(
  { resources, known = [], open }: Origins,
  valuesOf: (document: PlannedResource) => Json,
): Json | Unresolved | undefined {
  if (resources.length === 0 || !resources.every(({ type }) => type === POLICY_DOCUMENT)) return undefined;
  if (open !== undefined) return undefined;
  if (resources.length > MAX_DOCUMENTS) return new Unresolved(TOO_MANY);
  const values = known.flat();
  if (values.some((value) => !isPolicy(value) && mayHoldPolicy(value))) return new Unresolved(ADDED);
  const documents = [
    ...resources.map((document) => remembered(document, valuesOf)),
    ...values.filter(isPolicy).map(statementsOf),
  ];
  return united(documents);
}

const TOO_MANY = `it is one of more than ${MAX_DOCUMENTS} policy documents, or they have more than ${MAX_STATEMENTS} statements`;
const ADDED = "it depends on a policy document and on another value, and the plan doesn't contain its expression";

function remembered(document: PlannedResource, valuesOf: (document: PlannedResource) => Json): readonly unknown[] {
  const before = byDocument.get(document);
  if (before !== undefined) return before;
  const statements = policyDocument(valuesOf(document));
  byDocument.set(document, statements);
  return statements;
}

function united(documents: readonly (readonly unknown[])[]): Json | Unresolved {
  const [first = [], ...others] = documents;
  if (others.length === 0) return { Statement: first };
  const texts = documents.map((statements) => new Set(statements.map((one) => JSON.stringify(one))));
  // A Deny that one of them lacks may not apply.
  const all = documents.flat().filter((one) => !isDeny(one) || texts.every((set) => set.has(JSON.stringify(one))));
  const statements = withJoinedResources(all);
  return statements.length > MAX_STATEMENTS ? new Unresolved(TOO_MANY) : { Statement: statements };
}

/** Statements that differ only in their resources as one: most instances of a document do. */
function withJoinedResources(statements: readonly unknown[]): unknown[] {
  const byRest = new Map<string, { rest: unknown; resources: Set<unknown> }>();
  for (const one of statements) {
    const { Sid: _, Resource, ...rest }: Json = isMap(one) ? one : { rest: one };
    const isJoined = isMap(one) && Resource !== undefined;
    const key = JSON.stringify([isJoined, isJoined ? rest : one]);
    const same = byRest.get(key) ?? { rest: isJoined ? rest : one, resources: new Set() };
    if (isJoined) for (const resource of [Resource].flat()) same.resources.add(resource);
    byRest.set(key, same);
  }
  return [...byRest.values()].map(({ rest, resources }) =>
    resources.size === 0 ? rest : { ...(rest as Json), Resource: [...resources] },
  );
}

const isPolicy = (value: unknown): value is string =>
  typeof value === 'string' && value.includes('"Statement"') && isMap(jsonIn(value));

/** Whether a known value that an expression names may be a policy or a part of one, rather than a switch, a name or a position. */
function mayHoldPolicy(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{');
  if (Array.isArray(value)) return value.some(mayHoldPolicy);
  return isMap(value) && Object.entries(value).some(([key, item]) => PART.test(key) || mayHoldPolicy(item));
}

const PART = /^(?:statements?|(?:not_?)?actions?)$/i;
