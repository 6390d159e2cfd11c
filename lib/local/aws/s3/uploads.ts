import { randomBytes } from 'node:crypto';
import type { ContentDatabase } from '../shared/content-database';
import { digests } from './objects';

/** An incomplete multipart upload. */
export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A part of an upload, without its bytes. */
export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
}

/** The multipart uploads of all buckets. */
export class Uploads {
  constructor(private readonly database: ContentDatabase) {}

  public begin({ bucket, key, headers }: Upload): string {
    const id = randomBytes(16).toString('hex');
    const sql = 'INSERT INTO upload (id, bucket, key, headers) VALUES (?, ?, ?, ?)';
    this.database.run(sql, id, bucket, key, JSON.stringify(headers));
    return id;
  }

  public find(id: string, bucket: string, key: string): Upload | undefined {
    const sql = 'SELECT headers FROM upload WHERE id = ? AND bucket = ? AND key = ?';
    const row = this.database.get(sql, id, bucket, key);
    return row && { bucket, key, headers: JSON.parse(String(row.headers)) };
  }

  public put(id: string, number: number, body: Uint8Array): string {
    const { etag } = digests(body);
    const sql =
      'INSERT INTO part (upload, number, etag, size, body) VALUES (?, ?, ?, ?, ?) ' +
      'ON CONFLICT DO UPDATE SET etag = excluded.etag, size = excluded.size, body = excluded.body';
    this.database.run(sql, id, number, etag, body.length, body);
    return etag;
  }

  public parts(id: string): Part[] {
    return this.database
      .all('SELECT number, etag, size FROM part WHERE upload = ? ORDER BY number', id)
      .map((row) => ({ number: Number(row.number), etag: String(row.etag), size: Number(row.size) }));
  }

  public bytes(id: string, number: number): Uint8Array {
    const sql = 'SELECT body FROM part WHERE upload = ? AND number = ?';
    return this.database.get(sql, id, number)?.body as Uint8Array;
  }

  /** Ends an upload, completed or aborted. */
  public end(id: string): void {
    this.database.together(() => {
      this.database.run('DELETE FROM part WHERE upload = ?', id);
      this.database.run('DELETE FROM upload WHERE id = ?', id);
    });
  }
}
