import { isMap, Unresolved } from '../template/node';
import type { Json } from '../template/parse';

/** The policy of a data source `aws_iam_policy_document` that is read only when the plan is applied, from its statements. */
export function policyDocument(values: Json): Json {
  const others = ['source_policy_documents', 'override_policy_documents'].flatMap((name) => statementsOf(values[name]));
  const statements = listOf(values.statement).map((statement) => (isMap(statement) ? written(statement) : statement));
  return { Statement: [...statements, ...others] };
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** The statements of policies that a policy takes over. */
function statementsOf(documents: unknown): unknown[] {
  return listOf(documents).flatMap((document) => {
    const policy = typeof document === 'string' ? parsed(document) : document;
    return isMap(policy)
      ? listOf(policy.Statement)
      : [new Unresolved('it takes over a policy that is known only after the plan is applied')];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

function conditionOf(conditions: unknown): Json {
  const result: Record<string, Record<string, unknown>> = {};
  for (const condition of listOf(conditions).filter(isMap)) {
    const { test, variable, values } = condition;
    if (typeof test !== 'string' || typeof variable !== 'string') continue;
    result[test] = { ...result[test], [variable]: values };
  }
  return result;
}
