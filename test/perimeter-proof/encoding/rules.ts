import { all, any, type Formula } from './formula';

/**
 * The rules of IAM's evaluation in which an encoding can be wrong, so that a test can replace one by a mistake and see it found. AWS
 * documents each: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export interface Rules {
  /** Whether a condition holds if the request doesn't have the key. */
  holdsWithoutKey(operator: Operator): boolean;
  /** Several keys and operators of a condition. */
  keys(conditions: readonly Formula[]): Formula;
  /** Several values of a key; an operator that is negated negates the whole. */
  values(values: readonly Formula[]): Formula;
  /** The form in which actions are compared. */
  action(action: string): string;
}

/** An operator of a condition, in its parts. */
export interface Operator {
  readonly base: string;
  readonly set: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly isNegated: boolean;
  readonly isIfExists: boolean;
}

/** IAM's rules. */
export const IAM_RULES: Rules = {
  holdsWithoutKey: ({ set, isNegated, isIfExists }) =>
    set === 'ForAllValues' || isIfExists || (isNegated && set === undefined),
  keys: (conditions) => all(...conditions),
  values: (values) => any(...values),
  action: (action) => action.toLowerCase(),
};

/** Reads an operator: `ForAnyValue:StringNotLikeIfExists`. */
export function readOperator(text: string): Operator {
  const [, set, name, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`the encoding doesn't know the operator ${text}`);
  return {
    base: name.replace('Not', ''),
    set: set as Operator['set'],
    isNegated: name.includes('Not'),
    isIfExists: ifExists !== undefined,
  };
}
