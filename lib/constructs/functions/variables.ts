import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Variables } from '../../contract/environment';

/**
 * The variables of a function as CDK takes them, in their order: one without a value is left out. Each part is a literal of its own,
 * because the compiler doesn't look for unknown keys in a literal that another is spread into.
 */
export const toEnvironment = (...parts: readonly (Variables | undefined)[]): Record<string, string> =>
  Object.fromEntries(
    parts
      .flatMap((part) => Object.entries<string | undefined>({ ...part }))
      .flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Adds variables to a function that is defined already. */
export function addVariables(handler: lambda.Function, variables: Variables): void {
  for (const [name, value] of Object.entries(toEnvironment(variables))) handler.addEnvironment(name, value);
}
