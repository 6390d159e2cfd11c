import { expand, expandAll, texts } from './expand';
import { jsonIn } from './nesting';
import { isMap, Reference, Unresolved } from './node';
import type { Resource, Selected } from './resource';
import type { Scope } from './scope';

/** The properties in which each type holds identity policies, which define a principal's permissions. */
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

/** SAM types, whose `Policies` mixes names, documents and SAM's own policy templates. */
const MIXED_POLICIES = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

export const IDENTITY_POLICY_TYPES: readonly string[] = [...Object.keys(DOCUMENTS), ...MIXED_POLICIES];

/** One statement of an identity policy. */
export interface Statement {
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
  readonly scope: Scope;
  /** The document's other statements, each with all its variants; `undefined` for a variant in which it is absent. */
  readonly siblings: readonly (readonly unknown[])[];
}

/** A policy, or part of one, that can't be read. */
export interface Unread {
  readonly path: string;
  /** Why; no full stop. */
  readonly reason: string;
}

/** The statements of a resource's identity policies, and the parts that can't be read. */
export function statementsOf(resource: Resource): (Statement | Unread)[] {
  const documents = [
    ...(DOCUMENTS[resource.type] ?? []).flatMap((path) => resource.select(...path)),
    ...(MIXED_POLICIES.includes(resource.type) ? mixedDocuments(resource) : []),
  ];
  return documents.flatMap((document) => statementsIn(document, resource.scope));
}

/** The statements of a policy in a property, such as a key policy, and the parts that can't be read. */
export const statementsOfProperty = (resource: Resource, ...path: string[]): (Statement | Unread)[] =>
  resource.select(...path).flatMap((document) => statementsIn(document, resource.scope));

export const isUnread = (item: Statement | Unread): item is Unread => 'reason' in item;

/** The managed policies attached to a resource, by ARN or, with SAM, by name. */
export function managedPolicies(resource: Resource): Selected[] {
  if (MIXED_POLICIES.includes(resource.type)) return mixedPolicies(resource).filter(({ value }) => !isMap(value));
  const property = resource.type === 'AWS::SSO::PermissionSet' ? 'ManagedPolicies' : 'ManagedPolicyArns';
  return resource.select(property, '*');
}

/** A SAM policy template is a map with one key, its name; it grants access to a single resource of the app, so only documents are returned. */
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
  // Some types accept a policy as text.
  const document = typeof value === 'string' ? jsonIn(value) : value;
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
  if (value instanceof Reference) return `'${value.logicalId}' returns it at deployment`;
  return "it isn't a JSON policy";
}

/** The texts of an element that is a single text or a list. */
export function elements(node: unknown, scope: Scope): string[] {
  return expand(node, scope).flatMap((value) =>
    Array.isArray(value) ? value.flatMap((item) => texts(item, scope)) : texts(value, scope),
  );
}

/** For each variant of an element, the texts that it certainly contains. */
export function certainElements(node: unknown, scope: Scope): string[][] {
  return expandAll(node, scope).map((value) => {
    const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return items.flatMap((item) => (expandAll(item, scope).length === 1 ? onlyOne(texts(item, scope)) : []));
  });
}

const onlyOne = (values: string[]) => (values.length === 1 ? values : []);
