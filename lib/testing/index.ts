/**
 * For the unit tests of your own app: whether a stack stays inside, and snapshots that don't change with every build. It works
 * with jest and with any test runner that takes an error for a failure, and is no part of what is deployed.
 *
 * @packageDocumentation
 */
import '../guard/cdk/peers';

export { type ExpectResidentOptions, expectResident } from './expect-resident';
export { type SnapshotSerializer, templateSerializer } from './template-serializer';
