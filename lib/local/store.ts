import { Database } from 'node-sqlite3-wasm';
import { UsableError } from './aws/shared/usable-error';
import { takeDataFolder } from './data-folder';

export type Row = Readonly<Record<string, unknown>>;
export type Value = string | number | null;

const VERSION = 6;

/** Members of workspaces, including removed ones, whose tokens must stay refused. */
const MEMBERS = `
  CREATE TABLE member (
    workspace TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL, created INTEGER NOT NULL,
    removed INTEGER NOT NULL, disabled INTEGER NOT NULL, signed_out INTEGER, PRIMARY KEY (workspace, id)
  ) STRICT;
`;

/** Residency records of workspaces, for their auditors. */
const RECORDS = `
  CREATE TABLE record (
    workspace TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, member TEXT, about TEXT, record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX record_at ON record (workspace, kind, at);
`;

/** Who gave a role to which member, as JSON. */
const MEMBERSHIPS = `
  CREATE TABLE membership (
    workspace TEXT NOT NULL, member TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (workspace, member)
  ) STRICT;
`;

/** Deletes the names of members that an earlier version removed. */
const FORGET_NAMES = "UPDATE member SET name = '' WHERE removed = 1;";

const SCHEMA = `
  CREATE TABLE secret (kind TEXT NOT NULL, name TEXT NOT NULL, secret TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT;
  CREATE TABLE key (
    id TEXT PRIMARY KEY, project TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL, created INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE counter (
    tenant TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, forget INTEGER NOT NULL, PRIMARY KEY (tenant, name)
  ) STRICT;
`;

/** Counts that are stored with another one, as JSON. */
const PARTS = "ALTER TABLE counter ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';";

/** The upgrade from each earlier version. */
const LACKING = new Map([
  [0, SCHEMA + MEMBERS + RECORDS + MEMBERSHIPS + PARTS],
  [2, MEMBERS + RECORDS + MEMBERSHIPS + PARTS],
  [3, RECORDS + MEMBERSHIPS + FORGET_NAMES + PARTS],
  [4, MEMBERSHIPS + FORGET_NAMES + PARTS],
  [5, PARTS],
  [VERSION, ''],
]);

/** The embedded store of `serve`: one SQLite file in a data folder. It contains keys, counters, members and records, but no content. */
export class Store {
  /**
   * Opens the store of a folder, and creates it if it is missing.
   *
   * @throws UsableError if the folder or the file can't be used
   */
  public static open(folder: string): Store {
    const { database, release } = takeDataFolder(folder);
    let opened: Database | undefined;
    try {
      opened = new Database(database);
      // A power failure may lose the last counts, which costs less than waiting for the disk at every request.
      opened.exec(
        'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON;',
      );
      const version = Number(opened.get('PRAGMA user_version')?.user_version);
      const lacking = LACKING.get(version);
      if (lacking === undefined) throw new Error('version');
      opened.exec(`BEGIN; ${lacking} PRAGMA user_version = ${VERSION}; COMMIT;`);
    } catch {
      opened?.close();
      release();
      throw new UsableError(
        `--data: '${database}' isn't a store of this version; delete it (new development keys are created), or name ` +
          'another folder with --data',
      );
    }
    return new Store(opened, release);
  }

  private constructor(
    private readonly database: Database,
    private readonly release: () => void,
  ) {}

  public run(sql: string, ...values: Value[]): number {
    return this.database.run(sql, values).changes;
  }

  public get(sql: string, ...values: Value[]): Row | undefined {
    return this.database.get(sql, values) ?? undefined;
  }

  public all(sql: string, ...values: Value[]): readonly Row[] {
    return this.database.all(sql, values);
  }

  /** Removes what was deleted from pages that an earlier version freed without overwriting them. */
  public purge(): void {
    this.database.exec('VACUUM;');
  }

  public close(): void {
    this.database.close();
    this.release();
  }
}
