import { gunzipSync } from 'node:zlib';
import { inTurns } from '../../aws/in-turns';
import type { DigestSignature } from '../trail/digest-signatures';
import { digestFileOf, logFileOf } from '../trail/trail-files';
import type { EvidenceStore, StoredFile } from './evidence-store';

const AT_ONCE = 8;
const DAY_MS = 86_400_000;
/** A digest names files of its hour, so far less. */
const MOST_BYTES = 64 * 1_024 * 1_024;

/** What the digests of a period say. */
export interface FetchedDigests {
  readonly signatures: readonly DigestSignature[];
  /** Files of events. */
  readonly logs: readonly string[];
  readonly regions: readonly string[];
}

/** The digests of all Regions that end within a period. */
export async function digestFiles(
  { from, to }: { readonly from: number; readonly to: number },
  store: EvidenceStore,
): Promise<string[]> {
  const files: string[] = [];
  for (const region of await store.list(`AWSLogs/${store.account}/CloudTrail-Digest/`)) {
    for (let day = from; day <= to; day += DAY_MS) {
      files.push(...(await store.list(`${region}${new Date(day).toISOString().slice(0, 10).replaceAll('-', '/')}/`)));
    }
  }
  return files.filter((file) => {
    const end = digestFileOf(file) && endOf(file);
    return end !== undefined && from < end && end <= to;
  });
}

/** When a digest ends, by its name. */
function endOf(file: string): number | undefined {
  const [, day, time] = /_(\d{8})T(\d{6})Z(?:_backfill)?\.json\.gz$/.exec(file) ?? [];
  const end = Date.parse(`${day}T${time}Z`.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:'));
  return Number.isNaN(end) ? undefined : end;
}

/** Copies digests, and reads the names of the files of events from them. What they name is verified by the audit. */
export async function fetchDigests(
  files: readonly string[],
  copy: (file: string) => Promise<StoredFile | undefined>,
): Promise<FetchedDigests> {
  const signatures: DigestSignature[] = [];
  const logs = new Set<string>();
  await inTurns(files, AT_ONCE, async (file) => {
    const found = await copy(file);
    if (found === undefined) return;
    const {
      signature,
      'signature-algorithm': algorithm,
      'backfill-generation-timestamp': generatedAt,
    } = found.metadata;
    if (signature !== undefined && algorithm !== undefined) {
      signatures.push({ file, signature, algorithm, ...(generatedAt !== undefined && { generatedAt }) });
    }
    for (const log of logsOf(found.bytes)) logs.add(log);
  });
  const regions = new Set(files.flatMap((file) => digestFileOf(file)?.region ?? []));
  signatures.sort((one, other) => (one.file < other.file ? -1 : 1));
  return { signatures, logs: [...logs].sort(), regions: [...regions].sort() };
}

/** The files of events that a digest names; none if it can't be read, which the audit says of the copy. */
function logsOf(digest: Buffer): string[] {
  try {
    const { logFiles } = JSON.parse(gunzipSync(digest, { maxOutputLength: MOST_BYTES }).toString());
    return logFiles.flatMap(({ s3Object }: { s3Object: string }) => (logFileOf(s3Object) ? [s3Object] : []));
  } catch {
    return [];
  }
}
