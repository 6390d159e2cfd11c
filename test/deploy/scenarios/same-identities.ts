import assert from 'node:assert/strict';
import type { Deployed, Resource } from '../harness/deployed';

/** Requires each resource of the deployment to have its physical ID after an update too, except those of the types in `changed`. */
export function sameIdentities(before: Deployed, after: Deployed, changed: readonly string[]): readonly Resource[] {
  const others = before.resources.filter(
    ({ path, type, physicalId }) =>
      !after.resources.some((one) => one.path === path && one.type === type && one.physicalId === physicalId),
  );
  assert.deepEqual(
    others.filter(({ type }) => !changed.includes(type)).map(({ path, type }) => `${type} ${path}`),
    [],
  );
  return others;
}
