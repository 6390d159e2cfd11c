import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type FirstVersions, firstVersions } from '../aws/first-versions';
import type { LedgerBucket } from './ledger-bucket';
import { LedgerFork } from './ledger-fork';

const DAY_MS = 86_400_000;

/** Of 1,000 versions each. A day has 48 objects, so only versions of other principals need more than one. */
const MOST_PAGES = 100;

/** How often a write is repeated while another one of the same object is in progress. */
const ATTEMPTS = 5;

/**
 * Objects of the ledger. Each is written once: a second writer finds the first one's, and uses it. Only the first version of an object is
 * read, because the lock keeps that one, whatever was written or deleted later.
 */
export class LedgerObjects {
  private readonly replaced = new Set<string>();

  constructor(private readonly bucket: LedgerBucket) {}

  /** The objects found so far that were overwritten or hidden. */
  public get replacements(): number {
    return this.replaced.size;
  }

  /**
   * Writes an object, unless it exists.
   *
   * @returns the first version's bytes: these, or those that another run wrote first
   */
  public async putOnce(key: string, body: Buffer): Promise<Buffer> {
    // S3 lets a conditional write succeed if the last version is a delete marker.
    const before = await this.find(key);
    if (before !== undefined) return before;
    await this.put(key, body);
    return this.get(key);
  }

  /**
   * The first version's bytes of an object.
   *
   * @throws LedgerFork if there is none, although the ledger wrote it
   */
  public async get(key: string): Promise<Buffer> {
    const found = await this.find(key);
    if (found === undefined) throw new LedgerFork(`the evidence bucket has no version of ${key}`);
    return found;
  }

  /** The first version's bytes of an object; undefined if it has no version. */
  public async find(key: string): Promise<Buffer | undefined> {
    const VersionId = (await this.versions(key)).get(key);
    if (VersionId === undefined) return undefined;
    const { client, name } = this.bucket;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key, VersionId }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  /**
   * The keys that begin with a prefix and have a version, sorted.
   *
   * @throws LedgerFork if there are too many versions to list
   */
  public async list(prefix: string): Promise<string[]> {
    return [...(await this.versions(prefix)).keys()].sort();
  }

  private async versions(prefix: string): Promise<FirstVersions['ids']> {
    const { client, name } = this.bucket;
    const found = await firstVersions({ client, name, prefix, mostPages: MOST_PAGES });
    if (found === undefined)
      throw new LedgerFork(`the evidence bucket has too many versions of objects below ${prefix}`);
    for (const key of found.replaced) this.replaced.add(key);
    return found.ids;
  }

  private async put(key: string, body: Buffer): Promise<void> {
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
        return;
      } catch (error) {
        const { name: reason } = error as Error;
        if (reason === 'PreconditionFailed') return;
        if (reason !== 'ConditionalRequestConflict' || attempt === ATTEMPTS) throw error;
      }
    }
  }
}
