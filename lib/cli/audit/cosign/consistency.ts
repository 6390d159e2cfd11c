import type { Checkpoint } from '../../../ledger/checkpoint';
import { verifyConsistency } from '../../../ledger/verify-proofs';
import type { Bundle } from '../bundle/bundle';
import { Checkpoints } from '../ledger/checkpoints';
import type { NamedKey } from '../ledger/public-key';
import { treeBetween } from '../ledger/tree-between';
import { Findings } from '../shared/finding';
import type { OfficerState } from './officer-state';

/** Why a checkpoint doesn't follow the last one that the officer cosigned; undefined if it does. */
export async function contradiction(
  last: OfficerState,
  next: Checkpoint,
  bundle: Bundle | undefined,
  key: NamedKey,
): Promise<string | undefined> {
  const root = Buffer.from(last.root, 'base64');
  if (last.origin !== next.origin) return 'the state is for another ledger';
  if (next.size < last.size) return `it has ${next.size} leaves, fewer than the ${last.size} that were cosigned`;
  if (next.size === last.size)
    return root.equals(next.root) ? undefined : `it states another tree of ${next.size} leaves`;
  if (bundle === undefined) return 'no bundle shows that it follows; name one with --bundle';
  const checkpoints = Checkpoints.read(bundle, key, new Findings());
  const tree = await treeBetween({ from: last.size, to: next.size }, bundle, checkpoints);
  if (tree === undefined || tree.size < next.size) {
    return `the bundle doesn't have the leaves from ${last.size} to ${next.size}; make one from the day of the last checkpoint`;
  }
  const proof = tree.consistency(last.size, next.size);
  const isConsistent = verifyConsistency({ size: last.size, root }, next, proof);
  return isConsistent ? undefined : `its tree doesn't begin with the ${last.size} leaves that were cosigned`;
}
