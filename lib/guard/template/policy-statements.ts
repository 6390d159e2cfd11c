import { expand, expandAll, texts } from './expand';
import { isMap, Reference, Unresolved } from './node';
import type { Resource, Selected } from './resource';
import type { Scope } from './scope';

/** Where each type holds identity policies: what the holder may do. */
const DOCUMENTS: Readonly<Record<string, readonly string[][]>> = {
  'AWS::IAM::Policy': [['PolicyDocument']],
  'AWS::IAM::ManagedPolicy': [['PolicyDocument']],
  'AWS::IAM::RolePolicy': [['PolicyDocument']],
  'AWS::IAM::UserPolicy': [['PolicyDocument']],
  'AWS::IAM::GroupPolicy': [['PolicyDocument']],
  'AWS::IAM::Role': [['Policies', '*', 'PolicyDocument']],
  'AWS::IAM::User': [['Policies', '*', 'PolicyDocument']],
  'AWS::IAM::Group': [['Policies', '*', 'PolicyDocument']],
  'AWS::SSO::PermissionSet': [['InlinePolicy']],
};

/** Types of SAM, whose `Policies` mixes names, documents and templates of SAM's own. */
const MIXED_POLICIES = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

export const IDENTITY_POLICY_TYPES: readonly string[] = [...Object.keys(DOCUMENTS), ...MIXED_POLICIES];

/** One statement of an identity policy. */
export interface Statement {
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
  readonly scope: Scope;
  /** The other statements of its document, each with every way in which it can turn out; `undefined` where it is absent. */
  readonly siblings: readonly (readonly unknown[])[];
}

/** A policy, or a part of one, that can't be read. */
export interface Unread {
  readonly path: string;
  /** What is missing; no full stop. */
  readonly reason: string;
}

/** The statements of a resource's identity policies, and what can't be read of them. */
export function statementsOf(resource: Resource): (Statement | Unread)[] {
  const documents = [
    ...(DOCUMENTS[resource.type] ?? []).flatMap((path) => resource.select(...path)),
    ...(MIXED_POLICIES.includes(resource.type) ? mixedDocuments(resource) : []),
  ];
  return documents.flatMap((document) => statementsIn(document, resource.scope));
}

/** The statements of a policy that is the value of a property, such as a key's, and what can't be read of it. */
export const statementsOfProperty = (resource: Resource, ...path: string[]): (Statement | Unread)[] =>
  resource.select(...path).flatMap((document) => statementsIn(document, resource.scope));

export const isUnread = (item: Statement | Unread): item is Unread => 'reason' in item;

/** The managed policies that a resource's holder is given, by ARN or, with SAM, by name. */
export function managedPolicies(resource: Resource): Selected[] {
  if (MIXED_POLICIES.includes(resource.type)) return mixedPolicies(resource).filter(({ value }) => !isMap(value));
  const property = resource.type === 'AWS::SSO::PermissionSet' ? 'ManagedPolicies' : 'ManagedPolicyArns';
  return resource.select(property, '*');
}

/** A template of SAM is a map with one key, its name; it allows what a single resource of the app needs. */
const mixedDocuments = (resource: Resource) =>
  mixedPolicies(resource).filter(({ value }) => isMap(value) && Object.hasOwn(value, 'Statement'));

function mixedPolicies(resource: Resource): Selected[] {
  return resource
    .select('Policies')
    .flatMap((selected) =>
      Array.isArray(selected.value)
        ? selected.value.flatMap((item, index) =>
            expand(item, resource.scope).map((value) => ({ path: `${selected.path}/${index}`, value })),
          )
        : [selected],
    );
}

function statementsIn({ path, value }: Selected, scope: Scope): (Statement | Unread)[] {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (!isMap(document)) return [{ path, reason: whyUnread(document) }];
  return expand(document.Statement, scope).flatMap((list) =>
    Array.isArray(list)
      ? statementsOfList(list, `${path}/Statement`, scope)
      : statementsAt([list], `${path}/Statement`, [], scope),
  );
}

function statementsOfList(list: readonly unknown[], path: string, scope: Scope): (Statement | Unread)[] {
  const items = list.map((item) => expandAll(item, scope));
  return items.flatMap((variants, index) =>
    statementsAt(
      variants,
      `${path}/${index}`,
      items.filter((_, other) => other !== index),
      scope,
    ),
  );
}

function statementsAt(
  variants: readonly unknown[],
  path: string,
  siblings: readonly (readonly unknown[])[],
  scope: Scope,
): (Statement | Unread)[] {
  return variants
    .filter((variant) => variant !== undefined)
    .map((variant) =>
      isMap(variant) ? { path, map: variant, scope, siblings } : { path, reason: whyUnread(variant) },
    );
}

function whyUnread(value: unknown): string {
  if (value instanceof Unresolved) return value.reason;
  if (value instanceof Reference) return `it is what '${value.logicalId}' answers at deploy`;
  return 'it is no policy in JSON';
}

/** Some types take a policy as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The texts of an element that may be one text or a list. */
export function elements(node: unknown, scope: Scope): string[] {
  return expand(node, scope).flatMap((value) =>
    Array.isArray(value) ? value.flatMap((item) => texts(item, scope)) : texts(value, scope),
  );
}

/** For each way in which an element can turn out, the texts that are certainly in it. */
export function certainElements(node: unknown, scope: Scope): string[][] {
  return expandAll(node, scope).map((value) => {
    const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return items.flatMap((item) => (expandAll(item, scope).length === 1 ? onlyOne(texts(item, scope)) : []));
  });
}

const onlyOne = (found: string[]) => (found.length === 1 ? found : []);
