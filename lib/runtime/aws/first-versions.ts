import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput, type S3Client } from '@aws-sdk/client-s3';

/** The first versions of objects. A lock keeps those, whatever was written or deleted later. */
export interface FirstVersions {
  /** The ID of each object's first version. */
  readonly ids: ReadonlyMap<string, string>;
  /** Objects with a later version or a delete marker. */
  readonly replaced: ReadonlySet<string>;
  /** Prefixes up to the delimiter; none without one. */
  readonly folders: ReadonlySet<string>;
}

/** Which objects to list. */
interface Listing {
  readonly client: Pick<S3Client, 'send'>;
  /** The bucket's name. */
  readonly name: string;
  readonly prefix: string;
  /** List no objects below a further one. @default - list all */
  readonly delimiter?: string;
  /** Of 1,000 versions each. */
  readonly mostPages: number;
}

/** Lists the first versions of the objects whose keys begin with a prefix; undefined if there are too many versions. */
export async function firstVersions({
  client,
  name,
  prefix,
  delimiter,
  mostPages,
}: Listing): Promise<FirstVersions | undefined> {
  const ids = new Map<string, string>();
  const replaced = new Set<string>();
  const folders = new Set<string>();
  let at: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
  for (let page = 0; page < mostPages; page += 1) {
    const found: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({
        Bucket: name,
        Prefix: prefix,
        Delimiter: delimiter,
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
    for (const { Prefix = '' } of found.CommonPrefixes ?? []) folders.add(Prefix);
    if (!found.IsTruncated) return { ids, replaced, folders };
    at = found;
  }
  return undefined;
}
