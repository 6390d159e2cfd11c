import type { JobsFunction, JobsVariables } from '../../contract/environment';
import type { EnvironmentOf } from '../aws/endpoint';
import { ledgerFunctions } from '../ledger/functions';
import { recoveryFunctions } from '../recovery/functions';
import { rightsFunctions } from '../rights/deployed/functions';
import { keyFunctions } from './key-functions';

/**
 * One bundle for all functions that process stored data without a request, since they share nearly all of their code. The
 * environment selects the function and its parts; the function's role limits its permissions.
 */
const FUNCTIONS = {
  ...rightsFunctions(process.env),
  ...recoveryFunctions(process.env),
  ...keyFunctions(process.env),
  ...ledgerFunctions(process.env),
} satisfies Record<JobsFunction, () => unknown>;

const { UPKEEP_FUNCTION: name = '' }: EnvironmentOf<JobsVariables> = process.env;
const make = Object.entries(FUNCTIONS).find(([known]) => known === name)?.[1];
if (make === undefined) {
  throw new Error(
    `'UPKEEP_FUNCTION' must be one of ${Object.keys(FUNCTIONS).join(', ')}, got '${name}'; deploy the function again`,
  );
}

/** Runs jobs for members' rights, makes branch keys, copies them to the recovery Region, runs a drill there, or writes the ledger. */
export const handler = make();
