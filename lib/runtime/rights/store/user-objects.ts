import { isDeepStrictEqual } from 'node:util';
import {
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { EXPIRY_TAG } from '../../../contract/expiry-tag';
import { exportPrefix } from '../../workspace/exports/exports';
import { contentPrefix } from '../../workspace/store/objects';
import { Stopped } from '../jobs/stopped';

/** All prefixes in the bucket under which a user has objects. */
export const prefixesOf = (user: string): readonly string[] => [contentPrefix(user), exportPrefix(user)];

/** Objects that one step tags; each takes a call. */
const TAG_PAGE = 200;

/** The end of a page. */
interface Marker {
  readonly key: string;
  readonly version?: string;
}

/** A page of versions. */
export interface VersionPage {
  readonly versions: readonly { readonly Key: string; readonly VersionId: string }[];
  /** Where the next page begins, if there is one. */
  readonly next?: string;
}

/** The objects of users with all their versions: deleted and replaced versions stay for some days. */
export class UserObjects {
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
  ) {}

  /**
   * Makes one page of a user's objects expire, or stay.
   *
   * @param after where the page begins
   * @returns where the next page begins; undefined after the last
   */
  public async setExpiring(user: string, expires: boolean, after?: string): Promise<string | undefined> {
    const marker: Partial<Marker> = after === undefined ? {} : JSON.parse(after);
    const { Versions = [], ...page } = await this.client.send(
      new ListObjectVersionsCommand({
        Bucket: this.bucket,
        Prefix: contentPrefix(user),
        KeyMarker: marker.key,
        VersionIdMarker: marker.version,
        MaxKeys: TAG_PAGE,
      }),
    );
    for (const { Key = '' } of Versions.filter(({ IsLatest }) => IsLatest)) await this.tag(Key, expires);
    return page.IsTruncated
      ? JSON.stringify({ key: page.NextKeyMarker, version: page.NextVersionIdMarker })
      : undefined;
  }

  private async tag(Key: string, expires: boolean): Promise<void> {
    const object = { Bucket: this.bucket, Key };
    const TagSet = [{ Key: EXPIRY_TAG.key, Value: EXPIRY_TAG.value }];
    try {
      if (expires) await this.client.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet } }));
      else await this.client.send(new DeleteObjectTaggingCommand(object));
    } catch (error) {
      // If it was deleted meanwhile, there is a delete marker, which has no tags.
      if (!['NoSuchKey', 'MethodNotAllowed'].includes((error as Error).name)) throw error;
    }
  }

  /** One page of the versions and delete markers under a prefix: a thousand at most. */
  public async page(prefix: string, after?: Marker): Promise<VersionPage> {
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
   * Deletes every version under a prefix, page by page. A page can be empty although there are more.
   *
   * @param pages the number of pages to delete at most
   * @returns the number of versions deleted, and whether none is left
   */
  public async delete(prefix: string, pages: number): Promise<{ readonly deleted: number; readonly isDone: boolean }> {
    let deleted = 0;
    let before: VersionPage['versions'][number] | undefined;
    let after: Marker | undefined;
    for (let page = 0; page < pages; page++) {
      const { versions, next } = await this.page(prefix, after);
      const [first] = versions;
      if (first === undefined && next === undefined) return { deleted, isDone: true };
      if (first === undefined) {
        after = JSON.parse(`${next}`);
        continue;
      }
      if (isDeepStrictEqual(first, before)) {
        throw new Error(
          'the bucket still lists versions that it reported as deleted, so they count as there; try again',
        );
      }
      before = first;
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
