import type { Stack, Stage } from 'aws-cdk-lib';
import type { ResidencyCheckProps } from '../guard/cdk/residency-check';
import { ResidencyGuard } from '../guard/cdk/residency-guard';

/** What a stack is checked against in a test, in addition to its app's guards, if any. */
export interface ExpectResidentOptions extends ResidencyCheckProps {}

/**
 * Passes if nothing in a stack, Stage or app could take data outside the boundary, and the guard could decide on everything.
 * It synthesizes the whole app, as `Template.fromStack` does; only findings in the given scope count. A guarded app is checked
 * against each of its guards, with that guard's boundary, declarations and baseline, and then against the options as well.
 * `ResidencyGuard.of` does the same for any construct, and in every language.
 *
 * @param scope a stack with its nested stacks, or a Stage or app with all its stacks
 * @throws an error whose message contains the findings, each with its place, its reason and its fix
 */
export function expectResident(scope: Stack | Stage, options: ExpectResidentOptions = {}): void {
  ResidencyGuard.of(scope, options).expectResident();
}
