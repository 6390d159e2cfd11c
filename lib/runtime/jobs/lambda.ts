import type { JobsFunction, JobsVariables } from '../../contract/environment';
import type { EnvironmentOf } from '../aws/endpoint';
import { recoveryFunctions } from '../recovery/functions';
import { rightsFunctions } from '../rights/deployed/functions';

/**
 * One bundle for all functions that work on kept content when no member asks, since they share nearly all of their code. Which one this
 * is decides what it is made of, and its role what it may do.
 */
const FUNCTIONS = {
  ...rightsFunctions(process.env),
  ...recoveryFunctions(process.env),
} satisfies Record<JobsFunction, () => unknown>;

const { UPKEEP_FUNCTION: name = '' }: EnvironmentOf<JobsVariables> = process.env;
const make = Object.entries(FUNCTIONS).find(([known]) => known === name)?.[1];
if (make === undefined) {
  throw new Error(
    `'UPKEEP_FUNCTION' must be one of ${Object.keys(FUNCTIONS).join(', ')}, got '${name}'; deploy the function anew`,
  );
}

/** Does a right of members, or keeps what is needed to recover content. */
export const handler = make();
