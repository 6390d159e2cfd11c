import { verify } from 'node:crypto';
import { sha256 } from '../../../ledger/hash';
import type { Bundle } from '../bundle/bundle';
import { unzip } from '../bundle/unzipped';
import type { DigestSignature } from './digest-signatures';
import type { UsableKey } from './trail-keys';

/**
 * A digest of CloudTrail whose signature is true
 * (docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html).
 */
export interface Digest {
  readonly file: string;
  /** In milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly signature: string;
  /** The digest before it; undefined for the first one after logging was started. */
  readonly previous?: { readonly file: string; readonly signature: string };
  readonly logs: readonly LogHash[];
}

/** A file of events, and the hash of its uncompressed contents in hexadecimal. */
export interface LogHash {
  readonly file: string;
  readonly hash: string;
}

const MOST_BYTES = 64 * 1_024 * 1_024;
const ALGORITHM = 'SHA256withRSA';
/** AWS's own command accepts a key for two hours longer. */
const KEY_OVERLAP_MS = 2 * 3_600_000;

/**
 * Reads a digest and verifies its signature.
 *
 * @throws Error with what is wrong
 */
export function readDigest(
  file: string,
  bundle: Bundle,
  bucket: string | undefined,
  signed: DigestSignature | undefined,
  keys: ReadonlyMap<string, UsableKey>,
): Digest {
  const bytes = unzip(bundle, file, MOST_BYTES);
  const found = JSON.parse(bytes.toString());
  if (signed === undefined) throw new Error('no signature of it is in the bundle');
  if (signed.algorithm !== ALGORITHM || found.digestSignatureAlgorithm !== ALGORITHM)
    throw new Error('another algorithm');
  if (found.digestS3Object !== file) throw new Error('it was made for another name');
  if (bucket !== undefined && found.digestS3Bucket !== bucket) throw new Error('it was made for another bucket');
  const key = keys.get(found.digestPublicKeyFingerprint);
  if (key === undefined) throw new Error('no public key of its Region has its fingerprint');
  const [start, end] = [Date.parse(found.digestStartTime), Date.parse(found.digestEndTime)];
  const made = signed.generatedAt === undefined ? end : Date.parse(signed.generatedAt);
  if (!(start < end)) throw new Error('its end is not after its start');
  if (!(key.validFrom <= made && made <= key.validTo + KEY_OVERLAP_MS)) {
    throw new Error('its key was not valid at its time');
  }
  // CloudTrail signs the word for a digest without a predecessor.
  const previousSignature = found.previousDigestSignature ?? 'null';
  const hash = sha256(bytes).toString('hex');
  const message = [found.digestEndTime, `${found.digestS3Bucket}/${file}`, hash, previousSignature].join('\n');
  const isTrue = verify('sha256', Buffer.from(message), key.publicKey, Buffer.from(signed.signature, 'hex'));
  if (!isTrue) throw new Error("its signature isn't CloudTrail's");
  return {
    file,
    start,
    end,
    signature: signed.signature,
    previous: found.previousDigestS3Object
      ? { file: found.previousDigestS3Object, signature: previousSignature }
      : undefined,
    logs: found.logFiles.map(({ s3Object, hashValue }: Record<string, string>) => ({
      file: s3Object,
      hash: hashValue,
    })),
  };
}
