import type { PerimeterStatement } from '@/lib/perimeter/organization/document';
import { all, any, FALSE, type Formula, matching, not, some, TRUE } from './formula';
import { exactly, ignoringCase, like, likeArn } from './pattern';
import { IAM_RULES, type Operator, type Rules, readOperator } from './rules';
import { ACTION, ARN_KEYS, ARN_SET_KEYS, arnLike, keyVariable, NO_RESOURCE, present, RESOURCE } from './variables';

type Condition = NonNullable<PerimeterStatement['Condition']>;

/** A statement applies to a request. Its principal is everybody. */
export function applies(statement: PerimeterStatement, rules: Rules = IAM_RULES): Formula {
  return all(actions(statement, rules), resources(statement), conditions(statement.Condition ?? {}, rules));
}

function actions({ Sid, Action, NotAction }: PerimeterStatement, rules: Rules): Formula {
  const matched = (list: readonly string[]) =>
    any(...list.map((action) => matching(ACTION, like(rules.action(action)))));
  if (Action) return matched(Action);
  if (NotAction) return not(matched(NotAction));
  throw new Error(`the statement ${Sid} has neither Action nor NotAction`);
}

function resources({ Resource, NotResource }: PerimeterStatement): Formula {
  const matched = (list: readonly string[]) =>
    any(...list.map((arn) => (arn === '*' ? TRUE : all(not(NO_RESOURCE), arnLike(RESOURCE, arn)))));
  if (Resource) return matched(Resource);
  return NotResource ? not(matched(NotResource)) : TRUE;
}

function conditions(condition: Condition, rules: Rules): Formula {
  const each = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => holds(readOperator(operator), key, [values].flat(), rules)),
  );
  return each.length === 0 ? TRUE : rules.keys(each);
}

function holds(operator: Operator, key: string, values: readonly string[], rules: Rules): Formula {
  if (operator.base === 'Null')
    return any(...values.map((value) => (value === 'true' ? not(present(key)) : present(key))));
  const variable = keyVariable(key);
  const isSet = ARN_SET_KEYS.has(key) && operator.set !== undefined;
  if ((ARN_KEYS.has(key) || isSet) !== operator.base.startsWith('Arn'))
    throw new Error(
      `${key} is compared by ${operator.base}: the encoding compares a key as an ARN, or as a text; see ARN_KEYS`,
    );
  const matched = rules.values(
    values.map((value) => (isSet ? matching(variable, likeArn(value)) : compared(operator.base, variable, value))),
  );
  const one = operator.isNegated ? not(matched) : matched;
  const ofSet =
    operator.set === 'ForAnyValue'
      ? some(variable, one)
      : operator.set === 'ForAllValues'
        ? not(some(variable, not(one)))
        : one;
  return rules.holdsWithoutKey(operator) ? any(not(present(key)), ofSet) : all(present(key), ofSet);
}

function compared(base: string, variable: string, value: string): Formula {
  switch (base) {
    case 'StringEquals':
      return matching(variable, exactly(value));
    case 'StringEqualsIgnoreCase':
      return matching(variable, ignoringCase(value));
    case 'StringLike':
      return matching(variable, like(value));
    case 'ArnLike':
    case 'ArnEquals':
      return arnLike(variable, value);
    case 'Bool':
      if (value !== 'true' && value !== 'false') return FALSE;
      return matching(variable, exactly(value));
    default:
      throw new Error(`the encoding doesn't know the operator ${base}; add it, with a row of the test of agreement`);
  }
}
