import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Variables } from '../../contract/environment';

/**
 * The variables of a function in CDK's format, in their order; a variable without a value is left out. Each part is a
 * literal, because the compiler doesn't check for unknown keys in a literal into which another is spread.
 */
export const toEnvironment = (...parts: readonly (Variables | undefined)[]): Record<string, string> =>
  Object.fromEntries(
    parts
      .flatMap((part) => Object.entries<string | undefined>({ ...part }))
      .flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Adds variables to an existing function. */
export function addVariables(handler: lambda.Function, variables: Variables): void {
  for (const [name, value] of Object.entries(toEnvironment(variables))) handler.addEnvironment(name, value);
}
