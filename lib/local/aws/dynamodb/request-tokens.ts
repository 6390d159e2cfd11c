import { createHash } from 'node:crypto';
import type { ContentDatabase } from '../shared/content-database';
import { LocalFault } from '../shared/fault';

/** For how long DynamoDB knows a transaction by its token. */
const KNOWN_MS = 10 * 60_000;

/** The tokens of transactions that were made, by which one that is repeated isn't made twice. */
export class RequestTokens {
  constructor(
    private readonly database: ContentDatabase,
    private readonly now: () => Date,
  ) {}

  /**
   * Whether a transaction was made before; if not, it is known from now on, once what the caller makes with it is kept.
   *
   * @throws LocalFault when another one was made under the token
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
