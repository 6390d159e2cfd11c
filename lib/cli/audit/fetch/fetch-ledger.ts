import { inTurns } from '../../aws/in-turns';
import { checkpointFile, type Hour, hoursAfter, leavesFile, START_FILE, stateFile } from '../ledger/hour-files';
import type { EvidenceStore, StoredFile } from './evidence-store';

const AT_ONCE = 8;

/** Copies the leaves and states of hours, the state before them, and the checkpoint of each state. */
export async function fetchLedger(
  { from, to }: { readonly from: Hour; readonly to: Hour },
  store: EvidenceStore,
  copy: (file: string) => Promise<StoredFile | undefined>,
): Promise<void> {
  await copy(START_FILE);
  const hours: Hour[] = [];
  for (let hour = hoursAfter(from, -1); hour <= to; hour = hoursAfter(hour, 1)) hours.push(hour);
  const present = new Set<string>();
  for (const day of new Set(hours.map((hour) => leavesFile(hour).replace(/[^/]+$/, '')))) {
    for (const file of await store.list(day)) present.add(file);
  }
  const files = hours.flatMap((hour) => [...(hour < from ? [] : [leavesFile(hour)]), stateFile(hour)]);
  const sizes = new Set<number>();
  await inTurns(
    files.filter((file) => present.has(file)),
    AT_ONCE,
    async (file) => {
      const found = await copy(file);
      if (found === undefined || !file.endsWith('.state.json')) return;
      const size = sizeOf(found.bytes);
      if (size > 0) sizes.add(size);
    },
  );
  await inTurns([...sizes].map(checkpointFile), AT_ONCE, copy);
}

/** The leaves of a state; 0 if it can't be read, which the audit says of the copy. */
function sizeOf(state: Buffer): number {
  try {
    const { size } = JSON.parse(state.toString());
    return Number.isSafeInteger(size) ? size : 0;
  } catch {
    return 0;
  }
}
