import { createHash } from 'node:crypto';
import type { ContentDatabase } from '../shared/content-database';
import { LocalFault } from '../shared/fault';

/** The time for which DynamoDB recognises a transaction by its token. */
const KNOWN_MS = 10 * 60_000;

/** The tokens of completed transactions, so that a repeated transaction isn't performed twice. */
export class RequestTokens {
  constructor(
    private readonly database: ContentDatabase,
    private readonly now: () => Date,
  ) {}

  /**
   * Whether a transaction was performed before. If not, its token is recognised as soon as the caller's changes are stored.
   *
   * @throws LocalFault if another transaction used the token
   */
  public isRepeated(token: unknown, parts: object): boolean {
    if (typeof token !== 'string') return false;
    const now = this.now().getTime();
    this.database.run('DELETE FROM request_token WHERE at < ?', now - KNOWN_MS);
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    const row = this.database.get('SELECT digest FROM request_token WHERE token = ?', token);
    if (row === undefined) {
      this.database.run('INSERT INTO request_token (token, digest, at) VALUES (?, ?, ?)', token, digest, now);
      return false;
    }
    if (row.digest === digest) return true;
    throw new LocalFault(
      'IdempotentParameterMismatchException',
      'The provided client token exists but the other request parameters do not match',
    );
  }
}
