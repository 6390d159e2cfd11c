import { isDay } from '../shared/days';
import type { Findings } from '../shared/finding';
import type { Bundle } from './bundle';

/** What a bundle says of itself. Nothing of it is signed, so it is printed with its source, and proves nothing. */
export interface Manifest {
  readonly format: 1;
  /** When the files were fetched, in ISO 8601. */
  readonly fetchedAt: string;
  /** The first and the last day, such as `2026-11-01`. */
  readonly from: string;
  readonly to: string;
  /** The evidence bucket, whose name CloudTrail signs. */
  readonly bucket: string;
  /** The boundary that the deployment declares. */
  readonly boundary: string;
}

export const MANIFEST_FILE = 'bundle.json';
const MOST_BYTES = 64 * 1_024;

/** The manifest of a bundle; undefined, with a finding, if it has none. */
export function readManifest(bundle: Bundle, findings: Findings): Manifest | undefined {
  if (!bundle.has(MANIFEST_FILE)) {
    findings.gap(MANIFEST_FILE, 'no such file', "what 'audit bundle' writes");
    return undefined;
  }
  try {
    const manifest = JSON.parse(bundle.read(MANIFEST_FILE, MOST_BYTES).toString()) as Manifest;
    const { format, fetchedAt, from, to, bucket, boundary } = manifest;
    const isWhole =
      format === 1 &&
      [from, to].every(isDay) &&
      from <= to &&
      !Number.isNaN(Date.parse(fetchedAt)) &&
      /^[a-z0-9.-]{3,63}$/.test(bucket) &&
      /^[\w,-]{1,500}$/.test(boundary);
    if (isWhole) return { format, fetchedAt: new Date(fetchedAt).toISOString(), from, to, bucket, boundary };
  } catch {
    // The same as a file with other contents.
  }
  findings.failure(
    MANIFEST_FILE,
    'another form',
    'JSON with format 1, fetchedAt, days from and to in their order, bucket and boundary',
  );
  return undefined;
}
