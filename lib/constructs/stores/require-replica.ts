import type { Construct } from 'constructs';

/**
 * Checks that an existing store has the workspace's replica. A missing replica would otherwise be noticed only after
 * the Region is lost.
 *
 * @param prop the prop that holds the store, in the user's words
 * @param by the store's own prop that holds the replica
 * @throws if the store has another replica, or none
 */
export function requireReplica(
  scope: Construct,
  prop: string,
  found: Construct | undefined,
  wanted: Construct | undefined,
  by: string,
): void {
  if (found === wanted) return;
  const fix = wanted
    ? `set the store's '${by}' to it`
    : `leave out the store's '${by}', or set the workspace's 'recovery'`;
  throw new Error(
    `${scope.node.path}: '${prop}' must have the replica of the workspace, ${wanted?.node.path ?? 'none'}, because a missing replica is lost ` +
      `with the Region, got a store with the replica ${found?.node.path ?? 'none'}; ${fix}`,
  );
}
