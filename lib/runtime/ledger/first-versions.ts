import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import type { LedgerBucket } from './ledger-bucket';
import { LedgerFork } from './ledger-fork';

/** The first versions of objects. */
export interface FirstVersions {
  /** The ID of each object's first version. */
  readonly ids: ReadonlyMap<string, string>;
  /** Objects with a later version or a delete marker. */
  readonly replaced: ReadonlySet<string>;
}

/** Of 1,000 versions each. A day has 48 objects, so only versions of other principals need more than one. */
const MOST_PAGES = 100;

/**
 * Lists the first versions of the objects whose keys begin with a prefix.
 *
 * @throws LedgerFork if there are too many versions
 */
export async function firstVersions(
  { client, name }: Pick<LedgerBucket, 'client' | 'name'>,
  prefix: string,
): Promise<FirstVersions> {
  const ids = new Map<string, string>();
  const replaced = new Set<string>();
  let at: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({
        Bucket: name,
        Prefix: prefix,
        KeyMarker: at.NextKeyMarker,
        VersionIdMarker: at.NextVersionIdMarker,
      }),
    );
    // S3 lists the versions of an object from the last one to the first.
    for (const { Key = '', VersionId = '' } of found.Versions ?? []) {
      if (ids.has(Key)) replaced.add(Key);
      ids.set(Key, VersionId);
    }
    for (const { Key = '' } of found.DeleteMarkers ?? []) replaced.add(Key);
    if (!found.IsTruncated) return { ids, replaced };
    at = found;
  }
  throw new LedgerFork(`the evidence bucket has too many versions of objects below ${prefix}`);
}
