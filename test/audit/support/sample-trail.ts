import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { DigestSignature } from '@/lib/cli/audit/trail/digest-signatures';
import { sha256 } from '@/lib/ledger/hash';
import { SOURCE_REGION } from './sample-requests';

type Write = (file: string, contents: string | Buffer) => void;

export const BUCKET = 'chat-foundation-evidence';
const ACCOUNT = '111122223333';
const FINGERPRINT = '31e8b5433410dfb61a9dc45cc65b22ff';

interface Log {
  readonly file: string;
  readonly hash: string;
}

/** Writes files of events, and digests that name them, as CloudTrail does. */
export class SampleTrail {
  public readonly signatures: DigestSignature[] = [];
  private readonly chains = new Map<string, { readonly file: string; readonly signature: string }>();
  private count = 0;

  constructor(
    private readonly write: Write,
    private readonly key: KeyObject,
    private readonly region = SOURCE_REGION,
    private readonly name = 'chat-trail',
  ) {}

  /** Writes a file of events; its name and its hash. */
  public log(time: number, events: readonly object[]): Log {
    this.count += 1;
    const file = `${this.folder('CloudTrail', time)}_CloudTrail_${this.region}_${stamp(time)}_${`${this.count}`.padStart(16, 'x')}.json.gz`;
    const text = JSON.stringify({ Records: events });
    this.write(file, gzipSync(text, { level: 1 }));
    return { file, hash: sha256(Buffer.from(text)).toString('hex') };
  }

  /** Writes the digest of an hour. A backfill names files that come too late. */
  public digest(
    start: number,
    logs: readonly Log[],
    { isBackfill = false, isFirst = false, end = start + 3_600_000 } = {},
  ): string {
    const file = `${this.folder('CloudTrail-Digest', end)}_CloudTrail-Digest_${this.region}_${this.name}_${SOURCE_REGION}_${stamp(end)}${isBackfill ? '_backfill' : ''}.json.gz`;
    const chain = isBackfill ? 'backfill' : 'standard';
    const previous = isFirst ? undefined : this.chains.get(chain);
    const digest = {
      awsAccountId: ACCOUNT,
      digestStartTime: iso(start),
      digestEndTime: iso(end),
      digestS3Bucket: BUCKET,
      digestS3Object: file,
      digestPublicKeyFingerprint: FINGERPRINT,
      digestSignatureAlgorithm: 'SHA256withRSA',
      previousDigestS3Bucket: previous && BUCKET,
      previousDigestS3Object: previous?.file,
      previousDigestSignature: previous?.signature ?? null,
      logFiles: logs.map((log) => ({
        s3Bucket: BUCKET,
        s3Object: log.file,
        hashValue: log.hash,
        hashAlgorithm: 'SHA-256',
      })),
    };
    const text = JSON.stringify(digest);
    const hash = sha256(Buffer.from(text)).toString('hex');
    const message = `${iso(end)}\n${BUCKET}/${file}\n${hash}\n${previous?.signature ?? 'null'}`;
    const signature = sign('sha256', Buffer.from(message), this.key).toString('hex');
    this.write(file, gzipSync(text));
    this.signatures.push({ file, signature, algorithm: 'SHA256withRSA', ...(isBackfill && { generatedAt: iso(end) }) });
    this.chains.set(chain, { file, signature });
    return file;
  }

  private folder(kind: string, time: number): string {
    const day = iso(time).slice(0, 10).replaceAll('-', '/');
    return `AWSLogs/${ACCOUNT}/${kind}/${this.region}/${day}/${ACCOUNT}`;
  }
}

/** The public keys of CloudTrail in a Region, as its API returns them. */
export const trailKeysOf = (key: KeyObject, region = SOURCE_REGION) => ({
  region,
  fetchedAt: '2026-12-01T06:00:00.000Z',
  keys: [
    {
      fingerprint: FINGERPRINT,
      value: createPublicKey(key).export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      validFrom: '2026-10-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
    },
  ],
});

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const stamp = (time: number): string => iso(time).replace(/[-:]/g, '');
