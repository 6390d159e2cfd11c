import { jsonIn, TooDeep } from '../template/nesting';
import { isMap, Unresolved } from '../template/node';
import type { Json } from '../template/parse';

/** The type of the data source that writes a policy. */
export const POLICY_DOCUMENT = 'aws_iam_policy_document';

/** The statements of a policy document: those of its text if it was read for the plan, otherwise its statements. */
export function policyDocument(values: Json): readonly unknown[] {
  if (typeof values.json === 'string') return statementsOf(values.json);
  const statements = [
    ...TAKEN_OVER.flatMap((name) => statementsOf(values[name])),
    ...listOf(values.statement).map((statement) => (isMap(statement) ? written(statement) : statement)),
  ];
  // Of statements with the same Sid, the provider keeps one; a Deny that it drops confines nothing.
  return statements.filter(
    (one) => !isDeny(one) || !statements.some((other) => other !== one && mayReplace(other, one)),
  );
}

const TAKEN_OVER = ['source_json', 'source_policy_documents', 'override_json', 'override_policy_documents'];

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

export const isDeny = (statement: unknown): statement is Json => isMap(statement) && statement.Effect === 'Deny';

function mayReplace(other: unknown, { Sid }: Json): boolean {
  if (Sid === undefined || Sid === '' || !isMap(other) || other.Sid === undefined) return false;
  return other.Sid === Sid || typeof Sid !== 'string' || typeof other.Sid !== 'string';
}

/** The statements of policies, as texts or as documents that were read before. */
export function statementsOf(documents: unknown): unknown[] {
  return listOf(documents).flatMap((document) => {
    const policy = typeof document === 'string' ? jsonIn(document) : document;
    if (policy instanceof TooDeep) return [policy];
    return isMap(policy)
      ? listOf(policy.Statement)
      : [new Unresolved('it takes over a policy that is known only after the plan is applied')];
  });
}

function written({ effect, actions, not_actions, resources, not_resources, principals, condition, sid }: Json): Json {
  return {
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect ?? 'Allow',
    ...(actions !== undefined && { Action: actions }),
    ...(not_actions !== undefined && { NotAction: not_actions }),
    ...(resources !== undefined && { Resource: resources }),
    ...(not_resources !== undefined && { NotResource: not_resources }),
    ...(principals !== undefined && { Principal: principals }),
    ...(condition !== undefined && { Condition: conditionOf(condition) }),
  };
}

/** Conditions on the same key are alternatives, as the provider writes them. */
function conditionOf(conditions: unknown): Json {
  const result: Record<string, Record<string, unknown[]>> = {};
  for (const condition of listOf(conditions)) {
    const { test, variable, values }: Json = isMap(condition) ? condition : {};
    // A condition that isn't known narrows a Deny, so it can't be left out.
    const operator = typeof test === 'string' ? test : UNKNOWN;
    const key = typeof variable === 'string' ? variable : UNKNOWN;
    const before = result[operator];
    result[operator] = { ...before, [key]: [...(before?.[key] ?? []), ...listOf(values)] };
  }
  return result;
}

/** In place of an operator or a key that is known only after the plan is applied; no rule knows it. */
const UNKNOWN = 'known only after the plan is applied';
