/**
 * The guard as a cdk-nag pack. Apart from the rest, because cdk-nag need not be installed for the rest.
 *
 * @packageDocumentation
 */
import './guard/nag/peers';

export { EuResidencyChecks, type EuResidencyChecksProps } from './guard/nag/eu-residency-checks';
