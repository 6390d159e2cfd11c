import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ContentDatabase, Row } from '../shared/content-database';

/** A version of an object, without its bytes. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly isLatest: boolean;
  /** A delete marker has no bytes, and hides earlier versions. */
  readonly isMarker: boolean;
  readonly size: number;
  readonly etag: string;
  readonly crc32: string;
  readonly created: Date;
  /** Content type and metadata, unchanged. */
  readonly headers: Readonly<Record<string, string>>;
}

const COLUMNS = 'bucket, key, version, latest, marker, size, etag, crc32, created, headers';

/** The objects of all buckets, each with its versions. */
export class Objects {
  constructor(
    private readonly database: ContentDatabase,
    private readonly now: () => Date,
  ) {}

  public find(bucket: string, key: string, version?: string): ObjectVersion | undefined {
    const where = version === undefined ? 'latest = 1' : 'version = ?';
    const row = this.database.get(
      `SELECT ${COLUMNS} FROM object WHERE bucket = ? AND key = ? AND ${where}`,
      bucket,
      key,
      ...(version === undefined ? [] : [version]),
    );
    return row && toVersion(row);
  }

  public bytes({ bucket, key, version }: ObjectVersion): Buffer {
    const sql = 'SELECT body FROM object WHERE bucket = ? AND key = ? AND version = ?';
    return Buffer.from((this.database.get(sql, bucket, key, version)?.body as Uint8Array | undefined) ?? []);
  }

  /** Adds a version, which hides earlier ones. */
  public put(bucket: string, key: string, body: Uint8Array, headers: Readonly<Record<string, string>>): ObjectVersion {
    return this.add(bucket, key, body, headers, false);
  }

  /** Changes the headers of a version, not its bytes. */
  public describe({ bucket, key, version, headers }: ObjectVersion, changes: ObjectVersion['headers']): void {
    const sql = 'UPDATE object SET headers = ? WHERE bucket = ? AND key = ? AND version = ?';
    this.database.run(sql, JSON.stringify({ ...headers, ...changes }), bucket, key, version);
  }

  /** Hides an object behind a delete marker or, if a version is named, deletes that version permanently. */
  public delete(bucket: string, key: string, version?: string): ObjectVersion | undefined {
    if (version === undefined) return this.add(bucket, key, new Uint8Array(), {}, true);
    return this.database.together(() => {
      const found = this.find(bucket, key, version);
      this.database.run('DELETE FROM object WHERE bucket = ? AND key = ? AND version = ?', bucket, key, version);
      this.database.run(
        `UPDATE object SET latest = 1 WHERE nth = (SELECT max(nth) FROM object WHERE bucket = ?1 AND key = ?2)`,
        bucket,
        key,
      );
      return found;
    });
  }

  /** Versions in the order of their keys, the newest of each first. */
  public list(bucket: string, prefix: string, after: string, most: number, onlyLatest: boolean): ObjectVersion[] {
    const which = onlyLatest ? 'AND latest = 1 AND marker = 0' : '';
    const sql =
      `SELECT ${COLUMNS} FROM object WHERE bucket = ? AND key > ? AND substr(key, 1, ?) = ? ${which} ` +
      'ORDER BY key, nth DESC LIMIT ?';
    return this.database.all(sql, bucket, after, [...prefix].length, prefix, most).map(toVersion);
  }

  private add(
    bucket: string,
    key: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
    isMarker: boolean,
  ): ObjectVersion {
    const version = randomBytes(16).toString('hex');
    this.database.together(() => {
      this.database.run('UPDATE object SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
      const sql = `INSERT INTO object (${COLUMNS}, body) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`;
      const { etag, checksum } = digests(body);
      const values = [isMarker ? 1 : 0, body.length, etag, checksum, this.now().getTime(), JSON.stringify(headers)];
      this.database.run(sql, bucket, key, version, ...values, body);
    });
    return this.find(bucket, key, version) as ObjectVersion;
  }
}

/** The two digests of an object's bytes that S3 returns. */
export function digests(body: Uint8Array): { readonly etag: string; readonly checksum: string } {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  // S3's ETag is an MD5 and protects nothing.
  return { etag: `"${createHash('md5').update(body).digest('hex')}"`, checksum: checksum.toString('base64') };
}

const toVersion = (row: Row): ObjectVersion => ({
  bucket: String(row.bucket),
  key: String(row.key),
  version: String(row.version),
  isLatest: row.latest === 1,
  isMarker: row.marker === 1,
  size: Number(row.size),
  etag: String(row.etag),
  crc32: String(row.crc32),
  created: new Date(Number(row.created)),
  headers: JSON.parse(String(row.headers)),
});
