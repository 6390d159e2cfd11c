import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LedgerFork } from './ledger-fork';

/** The bucket of evidence, and how long what is written is locked. */
export interface LedgerBucket {
  readonly client: Pick<S3Client, 'send'>;
  readonly name: string;
  readonly lock: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number };
  readonly now: () => Date;
}

const DAY_MS = 86_400_000;

/** How often a write is repeated while another one of the same object is in progress. */
const ATTEMPTS = 5;

/** Objects of the ledger. Each is written once: a second writer finds the first one's, and uses it. */
export class LedgerObjects {
  constructor(private readonly bucket: LedgerBucket) {}

  /**
   * Writes an object, unless it exists.
   *
   * @returns the object's bytes: these, or those that another run wrote first
   */
  public async putOnce(key: string, body: Buffer): Promise<Buffer> {
    const { client, name, lock, now } = this.bucket;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: name,
            Key: key,
            Body: body,
            ContentLength: body.length,
            IfNoneMatch: '*',
            ObjectLockMode: lock.mode,
            ObjectLockRetainUntilDate: new Date(now().getTime() + lock.days * DAY_MS),
          }),
        );
        return body;
      } catch (error) {
        const { name: reason } = error as Error;
        if (reason === 'PreconditionFailed') return this.get(key);
        if (reason !== 'ConditionalRequestConflict' || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The bytes of an object that exists. */
  public async get(key: string): Promise<Buffer> {
    const { client, name } = this.bucket;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /**
   * The keys that begin with a prefix, sorted.
   *
   * @throws LedgerFork if one was overwritten or hidden: the lock keeps the first version, but a read returns the last one
   */
  public async list(prefix: string): Promise<string[]> {
    const { client, name } = this.bucket;
    const {
      Versions = [],
      DeleteMarkers = [],
      IsTruncated,
    } = await client.send(new ListObjectVersionsCommand({ Bucket: name, Prefix: prefix }));
    const keys = Versions.flatMap(({ Key }) => Key ?? []);
    if (IsTruncated || DeleteMarkers.length > 0 || new Set(keys).size < keys.length) {
      throw new LedgerFork(`objects below ${prefix} in the evidence bucket were overwritten or hidden`);
    }
    return keys.sort();
  }
}
