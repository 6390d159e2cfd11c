import type { Bundle } from '../bundle/bundle';
import type { Findings } from '../shared/finding';

/** The signature of a digest, which S3 has as metadata of the object. */
export interface DigestSignature {
  readonly file: string;
  /** In hexadecimal. */
  readonly signature: string;
  readonly algorithm: string;
  /** When a backfill digest was made, in ISO 8601. */
  readonly generatedAt?: string;
}

export const SIGNATURES_FILE = 'digest-signatures.json';
const MOST_BYTES = 256 * 1_024 * 1_024;

/** The signatures of a bundle by the names of the digests. */
export function readSignatures(bundle: Bundle, findings: Findings): ReadonlyMap<string, DigestSignature> {
  if (!bundle.has(SIGNATURES_FILE)) {
    findings.gap(SIGNATURES_FILE, 'no such file', 'the signature of each digest');
    return new Map();
  }
  try {
    const list = JSON.parse(bundle.read(SIGNATURES_FILE, MOST_BYTES).toString()) as DigestSignature[];
    return new Map(list.map((signature) => [signature.file, signature]));
  } catch {
    findings.failure(SIGNATURES_FILE, 'another form', 'a list with file, signature and algorithm');
    return new Map();
  }
}
