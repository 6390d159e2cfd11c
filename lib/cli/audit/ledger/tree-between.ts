import { readLeafLine } from '../../../ledger/leaf-line';
import { Tree } from '../../../ledger/tree';
import type { Bundle } from '../bundle/bundle';
import { lineBatches } from '../bundle/lines';
import { unzipped } from '../bundle/unzipped';
import { Findings } from '../shared/finding';
import type { Checkpoints } from './checkpoints';
import { type Hour, hourOfLeaves, hoursAfter, leavesFile } from './hour-files';
import { firstHour, stateAfter, stateBefore } from './hour-state';

/** The tree that goes on from the beginning of an hour, with the leaves of that hour. */
export async function treeOfHour(hour: Hour, bundle: Bundle, checkpoints: Checkpoints): Promise<Tree | undefined> {
  const start = stateBefore(hour, firstHour(bundle), bundle, checkpoints, new Findings());
  if (start === undefined) return undefined;
  const tree = new Tree(start);
  await appendHour(hour, bundle, tree);
  return tree;
}

/**
 * The tree that goes on from the last state of at most `from` leaves, up to at least `to` leaves; undefined if the bundle doesn't have
 * the hours between.
 */
export async function treeBetween(
  { from, to }: { readonly from: number; readonly to: number },
  bundle: Bundle,
  checkpoints: Checkpoints,
): Promise<Tree | undefined> {
  const hours = bundle.files.flatMap((file) => hourOfLeaves(file) ?? []);
  const first = firstHour(bundle);
  let tree: Tree | undefined;
  let next: Hour | undefined;
  for (const hour of hours) {
    if (tree === undefined || next !== hour) {
      const after = stateAfter(hour, bundle, checkpoints, new Findings());
      if (after !== undefined && after.size <= from) continue;
      const start = stateBefore(hour, first, bundle, checkpoints, new Findings());
      if (start === undefined || start.size > from) return undefined;
      tree = new Tree(start);
    }
    await appendHour(hour, bundle, tree);
    if (tree.size >= to) return tree;
    next = hoursAfter(hour, 1);
  }
  return undefined;
}

async function appendHour(hour: Hour, bundle: Bundle, tree: Tree): Promise<void> {
  for await (const lines of lineBatches(unzipped(bundle.stream(leavesFile(hour))))) {
    for (const line of lines) tree.append(readLeafLine(line).hash);
  }
}
