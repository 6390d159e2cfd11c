import { expand, texts } from './expand';
import { isMap } from './node';
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

export const IDENTITY_POLICY_TYPES: readonly string[] = Object.keys(DOCUMENTS);

/** One statement of an identity policy. */
export interface Statement {
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
  readonly scope: Scope;
  /** The other statements of its document. */
  readonly siblings: readonly Readonly<Record<string, unknown>>[];
}

/** The statements of a resource's identity policies. */
export function statementsOf(resource: Resource): Statement[] {
  return (DOCUMENTS[resource.type] ?? []).flatMap((path) =>
    resource.select(...path).flatMap((document) => statementsIn(document, resource.scope)),
  );
}

function statementsIn({ path, value }: Selected, scope: Scope): Statement[] {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (!isMap(document)) return [];
  const listed = expand(document.Statement, scope).flatMap((list) =>
    Array.isArray(list)
      ? list.flatMap((item, index) => expand(item, scope).map((map) => ({ path: `${path}/Statement/${index}`, map })))
      : [{ path: `${path}/Statement`, map: list }],
  );
  const maps = listed.flatMap(({ path: pointer, map }) => (isMap(map) ? [{ path: pointer, map }] : []));
  return maps.map((statement) => ({ ...statement, scope, siblings: maps.map((other) => other.map) }));
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
