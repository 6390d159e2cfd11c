import { randomBytes } from 'node:crypto';
import type { Store } from './store';

/** What a development secret begins with. No deployment issues or takes such a one, so that none can be used by mistake. */
export const DEVELOPMENT_PREFIX = 'eudev_';

/** The secret of one thing, random for each data folder and the same for as long as the folder is kept. */
export function developmentSecret(store: Store, kind: string, id: string): string {
  const made = `${DEVELOPMENT_PREFIX}${randomBytes(32).toString('base64url')}`;
  store.run('INSERT INTO secret (kind, id, secret) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', kind, id, made);
  return String(store.get('SELECT secret FROM secret WHERE kind = ? AND id = ?', kind, id)?.secret);
}
