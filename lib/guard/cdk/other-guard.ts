import type { Stage } from 'aws-cdk-lib';
import { copyLines } from './copies';

/** On an app: the number of its guards. Shared by all copies of the package: a library may have another one than the app. */
const GUARDS = Symbol.for('cdk-eu-residency.guards');

interface Guarded extends Stage {
  [GUARDS]?: number;
}

/** Notes that an app has one more guard. */
export function noteGuard(app: Stage): void {
  const guarded = app as Guarded;
  guarded[GUARDS] = (guarded[GUARDS] ?? 0) + 1;
}

/**
 * Refuses an app with guards of another copy of the package.
 *
 * @param own the number of guards of this copy
 * @throws if the app has more guards
 */
export function refuseOtherGuards(app: Stage, own: number): void {
  if (((app as Guarded)[GUARDS] ?? 0) > own) throw guardedByOther();
}

/** The error for an app with a guard of another copy. */
export const guardedByOther = (): Error =>
  new Error(
    [
      "another copy of cdk-eu-residency guards the app; this copy can't read the boundary and the declarations of that guard, so " +
        "nothing was checked; use one copy: 'npm ls cdk-eu-residency' shows what requires each",
      ...copyLines(),
    ].join('\n'),
  );
