import type { KeyRecord } from '../runtime/gateway/keys/key-record';
import type { KeyRegistry } from '../runtime/gateway/keys/key-registry';
import { newKey } from '../runtime/gateway/keys/new-key';
import type { Store } from './store';

/**
 * The keys of one data folder, random and the same for as long as it is kept. No deployment takes one: they begin as no key of
 * a deployment does, and no deployment has their records.
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
    };
  }

  /** The key of a project, made when there is none yet. */
  public projectKey(project: string): string {
    return this.kept('project', project, () => {
      const { key, record } = newKey({ kind: 'local', project, created: new Date() });
      const { id, salt, hash, created } = record;
      const sql = 'INSERT INTO key (id, project, salt, hash, created) VALUES (?, ?, ?, ?, ?)';
      this.store.run(sql, id, project, salt, hash, created.getTime());
      return key;
    });
  }

  /** The private key by which tokens of workspaces are signed, as text, made when there is none yet. */
  public issuerKey(make: () => string): string {
    return this.kept('issuer', 'key', make);
  }

  /** What is printed at each start has to be kept whole, which only a developer's machine may do. */
  private kept(kind: string, name: string, make: () => string): string {
    const row = this.store.get('SELECT secret FROM secret WHERE kind = ? AND name = ?', kind, name);
    if (row !== undefined) return String(row.secret);
    const secret = make();
    this.store.run('INSERT INTO secret (kind, name, secret) VALUES (?, ?, ?)', kind, name, secret);
    return secret;
  }
}
