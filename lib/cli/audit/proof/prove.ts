import { readLeafLine } from '../../../ledger/leaf-line';
import type { Bundle } from '../bundle/bundle';
import { lineBatches } from '../bundle/lines';
import { unzipped } from '../bundle/unzipped';
import { Checkpoints } from '../ledger/checkpoints';
import { checkpointFile, type Hour, hourOfLeaves, leavesFile } from '../ledger/hour-files';
import { treeOfHour } from '../ledger/tree-between';
import { Findings } from '../shared/finding';
import type { Proof } from './proof';

const MOST_BYTES = 64 * 1_024;

/**
 * The proof of a record, in the tree of its hour.
 *
 * @throws Error if the bundle doesn't have the record, or what its proof needs
 */
export async function prove(id: string, bundle: Bundle): Promise<Proof> {
  const checkpoints = Checkpoints.read(bundle, undefined, new Findings());
  for (const file of bundle.files) {
    const hour = hourOfLeaves(file);
    const found = hour && (await findRecord(id, hour, bundle));
    if (found) return proofOf(found, hour, bundle, checkpoints);
  }
  throw new Error('no record of the bundle has this ID; name the ID of a record, and a bundle of its day');
}

interface FoundRecord {
  readonly record: Readonly<Record<string, unknown>>;
  readonly salt: Buffer;
  /** From the end of the hour: 1 is its last leaf. */
  readonly fromEnd: number;
}

async function findRecord(id: string, hour: Hour, bundle: Bundle): Promise<FoundRecord | undefined> {
  let found: { readonly line: string; readonly at: number } | undefined;
  let count = 0;
  // Most lines are only searched, because parsing takes far longer.
  const text = JSON.stringify(id);
  for await (const lines of lineBatches(unzipped(bundle.stream(leavesFile(hour))))) {
    for (const line of lines) {
      if (line.includes(text) && readLeafLine(line).record.id === id) found = { line, at: count };
      count += 1;
    }
  }
  if (found === undefined) return undefined;
  const { record, salt } = readLeafLine(found.line);
  return { record, salt, fromEnd: count - found.at };
}

async function proofOf(found: FoundRecord, hour: Hour, bundle: Bundle, checkpoints: Checkpoints): Promise<Proof> {
  const tree = await treeOfHour(hour, bundle, checkpoints);
  const checkpoint = tree && checkpoints.get(tree.size);
  if (tree === undefined || checkpoint?.root.equals(tree.root()) !== true) {
    throw new Error(
      `${leavesFile(hour)}: no checkpoint of the bundle confirms the hour of the record; run 'audit verify', which names what is wrong`,
    );
  }
  const index = tree.size - found.fromEnd;
  const note = bundle.read(checkpointFile(tree.size), MOST_BYTES);
  return {
    format: 1,
    record: found.record,
    salt: found.salt.toString('base64url'),
    index,
    inclusion: tree.inclusion(index).map((hash) => hash.toString('base64')),
    checkpoint: note.toString(),
  };
}
