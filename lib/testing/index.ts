/**
 * For the unit tests of your own app: a check that a stack stays inside the boundary, and snapshots that don't change with every
 * build. It works with jest and any test runner that treats an error as a failure, and isn't part of the deployment.
 *
 * @packageDocumentation
 */
import '../guard/cdk/peers';

export { type ExpectResidentOptions, expectResident } from './expect-resident';
export { type SnapshotSerializer, templateSerializer } from './template-serializer';
