/** Whether a text matches a pattern of IAM, in which `*` stands for any text and `?` for any character. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const id = `${ignoreCase} ${pattern}`;
  const expression = expressions.get(id) ?? expressionOf(pattern, ignoreCase);
  expressions.set(id, expression);
  return expression.test(text);
}

/** Each pattern is compared with thousands of requests. */
const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string, ignoreCase: boolean): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, ignoreCase ? 'is' : 's');
}

/** A value as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : ([value].flat() as readonly T[]);

/** Whether a row's ARN stands for an action without resources, which needs `*`. */
export const hasNoResource = (on: string): boolean => /:(ec2|bedrock|dynamodb):.*:\*$|:logs:[^:]*:\d+:\*$/.test(on);
