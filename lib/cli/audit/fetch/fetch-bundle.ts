import { inTurns } from '../../aws/in-turns';
import type { Manifest } from '../bundle/manifest';
import { MANIFEST_FILE } from '../bundle/manifest';
import { hoursAfter } from '../ledger/hour-files';
import { SIGNATURES_FILE } from '../trail/digest-signatures';
import { TRAIL_KEYS_FILE } from '../trail/trail-keys';
import type { EvidenceStore } from './evidence-store';
import { digestFiles, fetchDigests } from './fetch-digests';
import { fetchLedger } from './fetch-ledger';

/** Writes a file of a bundle. */
export type WriteFile = (file: string, bytes: Buffer | string) => void;

/** Files at a time. */
const AT_ONCE = 8;

/** What was fetched, and what was not there. */
export interface FetchedBundle {
  readonly files: number;
  /** Files that digests or states name, and that the bucket doesn't have. `audit verify` names them too. */
  readonly missing: readonly string[];
  /** Copied files of which the bucket has a later version or a delete marker. The first version was copied. */
  readonly replaced: readonly string[];
  /** Regions whose public keys weren't fetched. */
  readonly withoutKeys: readonly string[];
}

/** Copies everything that an audit of a period needs. */
export async function fetchBundle(manifest: Manifest, store: EvidenceStore, write: WriteFile): Promise<FetchedBundle> {
  const missing: string[] = [];
  const replaced: string[] = [];
  let files = 0;
  const copy = async (file: string) => {
    const found = await store.get(file);
    if (found === undefined) missing.push(file);
    else {
      files += 1;
      if (found.isReplaced) replaced.push(file);
      write(file, found.bytes);
    }
    return found;
  };
  // Late records and events arrive in the first hour of the next day.
  const last = hoursAfter(`${manifest.to}T23`, 1);
  await fetchLedger({ from: `${manifest.from}T00`, to: last }, store, copy);
  const period = { from: Date.parse(manifest.from), to: Date.parse(`${hoursAfter(last, 1)}:00:00Z`) };
  const { signatures, logs, regions } = await fetchDigests(await digestFiles(period, store), copy);
  await inTurns(logs, AT_ONCE, copy);
  const times = [new Date(period.from), new Date(manifest.fetchedAt)] as const;
  const keys = await inTurns(regions, AT_ONCE, (region) => store.publicKeys(region, ...times));
  write(SIGNATURES_FILE, JSON.stringify(signatures));
  write(TRAIL_KEYS_FILE, JSON.stringify(keys.filter((one) => one !== undefined)));
  // Last, so that a bundle with it is a whole one.
  write(MANIFEST_FILE, JSON.stringify(manifest));
  const withoutKeys = regions.filter((_, index) => keys[index] === undefined);
  return { files: files + 3, missing, replaced: replaced.sort(), withoutKeys };
}
