import { Database, type Statement } from 'node-sqlite3-wasm';
import { UsableError } from './usable-error';

export type Bindable = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;

const VERSION = 2;

const SCHEMA = `
  CREATE TABLE item (
    tbl TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, expires INTEGER, item TEXT NOT NULL, PRIMARY KEY (tbl, pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX item_expires ON item (expires) WHERE expires IS NOT NULL;
  CREATE TABLE request_token (token TEXT PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE TABLE kms_key (arn TEXT PRIMARY KEY, owner TEXT NOT NULL, material BLOB NOT NULL, deletion INTEGER) STRICT;
  CREATE TABLE object (
    nth INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
    latest INTEGER NOT NULL, marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, crc32 TEXT NOT NULL,
    created INTEGER NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (bucket, key, version)
  ) STRICT;
  CREATE TABLE upload (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL) STRICT;
  CREATE TABLE part (
    upload TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (upload, number)
  ) STRICT;
  PRAGMA user_version = ${VERSION};
`;

/** The upgrade from the first version, which had no deletion times of keys. */
const FROM_FIRST = `ALTER TABLE kms_key ADD COLUMN deletion INTEGER; PRAGMA user_version = ${VERSION};`;

/**
 * The SQLite file with the content of workspaces on this machine. Acknowledged changes survive: a killed process leaves a log
 * next to the file, from which the next process recovers every completed write.
 */
export class ContentDatabase {
  /**
   * @param file created if it is missing; only one process at a time can open it
   * @throws UsableError if the file isn't of this version
   */
  public static open(file: string): ContentDatabase {
    let opened: Database | undefined;
    try {
      opened = new Database(file);
      // Exclusive before the first access: the log would otherwise need shared memory, which SQLite in WebAssembly lacks. A power
      // failure may lose the last changes, but leaves no partial ones.
      opened.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      // Deleted content is overwritten. Files on the disk of a developer have no other protection.
      opened.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
      const version = Number(opened.get('PRAGMA user_version')?.user_version);
      if (version === 0) opened.exec(`BEGIN; ${SCHEMA} COMMIT;`);
      else if (version === 1) opened.exec(`BEGIN; ${FROM_FIRST} COMMIT;`);
      else if (version !== VERSION) throw new Error('version');
      return new ContentDatabase(opened);
    } catch {
      opened?.close();
      throw new UsableError(
        `--data: '${file}' isn't a content file of this version; move it away (this version can't read its content), or ` +
          'name another folder with --data',
      );
    }
  }

  private depth = 0;
  /** By their SQL, which is one of a few texts: to prepare a statement takes longer than to run it. */
  private readonly prepared = new Map<string, Statement>();

  private constructor(private readonly database: Database) {}

  /** Changes rows, by SQL that returns none. */
  public run(sql: string, ...values: Bindable[]): number {
    // A prepared statement holds its last values until it runs again: contents of files and keys don't stay in memory.
    if (values.some((value) => value instanceof Uint8Array)) return this.database.run(sql, values).changes;
    return this.perform(sql, (statement) => statement.run(values).changes);
  }

  /** The first row. All rows are read, so the SQL should be for one. */
  public get(sql: string, ...values: Bindable[]): Row | undefined {
    // A statement that isn't read to its end would hold the log, so that deleted content stayed in it.
    return this.all(sql, ...values)[0];
  }

  public all(sql: string, ...values: Bindable[]): readonly Row[] {
    return this.perform(sql, (statement) => statement.all(values));
  }

  /** Performs all changes of `work`, or none. */
  public together<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.database.exec('BEGIN IMMEDIATE');
    this.depth++;
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    } finally {
      this.depth--;
    }
  }

  /**
   * Removes everything that was deleted from the file and its log: pages that an earlier version freed without overwriting them, and
   * earlier states of pages in the log.
   */
  public purge(): void {
    this.database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);');
  }

  public close(): void {
    for (const statement of this.prepared.values()) statement.finalize();
    this.prepared.clear();
    this.database.close();
  }

  private perform<T>(sql: string, use: (statement: Statement) => T): T {
    const statement = this.prepared.get(sql) ?? this.database.prepare(sql);
    this.prepared.set(sql, statement);
    try {
      return use(statement);
    } catch (error) {
      // SQLite states its failure again when it is next used.
      this.prepared.delete(sql);
      attempt(() => statement.finalize());
      throw error;
    }
  }
}

/** SQLite reports the last failure of a statement when it is finalized, and finalizes it all the same. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {}
}
