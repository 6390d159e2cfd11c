import { randomBytes } from 'node:crypto';
import type { SigningCredentials } from '../runtime/aws/signature';
import type { KeyKind } from '../runtime/gateway/keys/key-form';
import type { KeyRecord } from '../runtime/gateway/keys/key-record';
import type { KeyRegistry } from '../runtime/gateway/keys/key-registry';
import { newKey } from '../runtime/gateway/keys/new-key';
import type { Store } from './store';

/** The kind of the secret of an open project's key. */
const OPEN = 'open-project';

/**
 * The random keys of one data folder, the same for as long as the folder exists. No deployment accepts them: their prefix differs
 * from that of a deployment's keys, and no deployment has their records.
 */
export class LocalKeys implements KeyRegistry {
  constructor(private readonly store: Store) {}

  public async find(id: string): Promise<KeyRecord | undefined> {
    const row = this.store.get('SELECT * FROM key WHERE id = ?', id);
    if (row === undefined) return undefined;
    return {
      id,
      project: String(row.project),
      salt: String(row.salt),
      hash: String(row.hash),
      created: new Date(Number(row.created)),
      ...(this.isOfOpenProject(id, String(row.project)) && { open: true }),
    };
  }

  /** The key of a project, created on first use. */
  public projectKey(project: string): string {
    return this.loadOrCreate('project', project, () => this.create('local', project));
  }

  /** The key of an open project, created on first use. */
  public openProjectKey(project: string): string {
    return this.loadOrCreate(OPEN, project, () => this.create('local', project));
  }

  /** The token with which an identity system calls SCIM of a workspace, created on first use. */
  public scimToken(workspace: string): string {
    return this.loadOrCreate('scim', workspace, () => this.create('local-scim', workspace));
  }

  /** The credentials with which requests to the API of open projects are signed, created on first use. */
  public operator(): SigningCredentials {
    const secretAccessKey = this.loadOrCreate('operator', 'key', () => randomBytes(30).toString('base64url'));
    return { accessKeyId: 'EUDEVOPERATOR', secretAccessKey };
  }

  private isOfOpenProject(id: string, project: string): boolean {
    const row = this.store.get('SELECT secret FROM secret WHERE kind = ? AND name = ?', OPEN, project);
    return row !== undefined && String(row.secret).startsWith(`${id}.`);
  }

  /** The private key that signs the tokens of workspaces, as text, created on first use. */
  public issuerKey(make: () => string): string {
    return this.loadOrCreate('issuer', 'key', make);
  }

  private create(kind: KeyKind, project: string): string {
    const { key, record } = newKey({ kind, project, created: new Date() });
    const { id, salt, hash, created } = record;
    const sql = 'INSERT INTO key (id, project, salt, hash, created) VALUES (?, ?, ?, ?, ?)';
    this.store.run(sql, id, project, salt, hash, created.getTime());
    return key;
  }

  /** Loads a secret, or creates it. Secrets are printed at each start, so they are stored in plain text, on a developer's machine only. */
  private loadOrCreate(kind: string, name: string, make: () => string): string {
    const row = this.store.get('SELECT secret FROM secret WHERE kind = ? AND name = ?', kind, name);
    if (row !== undefined) return String(row.secret);
    const secret = make();
    this.store.run('INSERT INTO secret (kind, name, secret) VALUES (?, ?, ?)', kind, name, secret);
    return secret;
  }
}
