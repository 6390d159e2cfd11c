import {
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { EXPIRY_TAG } from '../../contract/expiry-tag';
import { exportObjectsOf } from '../workspace/exports/exports';
import { objectsOf } from '../workspace/store/seal';
import { Stopped } from './stopped';

/** Everywhere in the bucket that something of a user is. */
export const prefixesOf = (user: string): readonly string[] => [objectsOf(user), exportObjectsOf(user)];

/** Objects that are tagged in one step; each takes a call. */
const TAGGED_AT_ONCE = 200;

/** Where a page ends, as S3 says it. */
interface Place {
  readonly key: string;
  readonly version?: string;
}

/** A page of versions, and where the next begins. */
export interface VersionPage {
  readonly versions: readonly { readonly Key: string; readonly VersionId: string }[];
  readonly next?: string;
}

/** The objects of users with every version of them: what was deleted or replaced before is there for some days. */
export class UserObjects {
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
  ) {}

  /**
   * Has some of the objects of a user expire, or stay.
   *
   * @param after where to go on
   * @returns where the next begin; none after the last
   */
  public async setExpiring(user: string, expires: boolean, after?: string): Promise<string | undefined> {
    const place: Partial<Place> = after === undefined ? {} : JSON.parse(after);
    const { Versions = [], ...page } = await this.client.send(
      new ListObjectVersionsCommand({
        Bucket: this.bucket,
        Prefix: objectsOf(user),
        KeyMarker: place.key,
        VersionIdMarker: place.version,
        MaxKeys: TAGGED_AT_ONCE,
      }),
    );
    for (const { Key = '' } of Versions.filter(({ IsLatest }) => IsLatest)) await this.tag(Key, expires);
    return page.IsTruncated
      ? JSON.stringify({ key: page.NextKeyMarker, version: page.NextVersionIdMarker })
      : undefined;
  }

  private async tag(Key: string, expires: boolean): Promise<void> {
    const named = { Bucket: this.bucket, Key };
    const TagSet = [{ Key: EXPIRY_TAG.key, Value: EXPIRY_TAG.value }];
    try {
      if (expires) await this.client.send(new PutObjectTaggingCommand({ ...named, Tagging: { TagSet } }));
      else await this.client.send(new DeleteObjectTaggingCommand(named));
    } catch (error) {
      // Who deleted it meanwhile left a marker, which has no tags.
      if (!['NoSuchKey', 'MethodNotAllowed'].includes((error as Error).name)) throw error;
    }
  }

  /** One page of the versions and delete markers under a prefix, up to a thousand. */
  public async page(prefix: string, after?: Place): Promise<VersionPage> {
    const { Versions, DeleteMarkers, NextKeyMarker, NextVersionIdMarker, IsTruncated } = await this.client.send(
      new ListObjectVersionsCommand({
        Bucket: this.bucket,
        Prefix: prefix,
        KeyMarker: after?.key,
        VersionIdMarker: after?.version,
      }),
    );
    const versions = [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ Key = '', VersionId = '' }) => ({
      Key,
      VersionId,
    }));
    const next = IsTruncated ? JSON.stringify({ key: NextKeyMarker, version: NextVersionIdMarker }) : undefined;
    return { versions, next };
  }

  /**
   * Deletes every version under a prefix, page by page.
   *
   * @param pages at most so many
   * @returns how many there were, and whether nothing is left
   */
  public async delete(prefix: string, pages: number): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
    let deleted = 0;
    for (let page = 0; page < pages; page++) {
      const { versions } = await this.page(prefix);
      if (versions.length === 0) return { deleted, isDone: true };
      const Delete = { Objects: [...versions], Quiet: true };
      const { Errors = [] } = await this.client.send(new DeleteObjectsCommand({ Bucket: this.bucket, Delete }));
      if (Errors.length > 0) {
        throw new Stopped(
          `${Errors.length} objects could not be deleted, the first because of ${Errors[0]?.Code}; see that nothing locks ` +
            'them, and resume the job',
        );
      }
      deleted += versions.length;
    }
    return { deleted, isDone: false };
  }
}
