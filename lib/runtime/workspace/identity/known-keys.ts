import type { CryptoKey } from 'jose';
import type { KeySet } from '../../../boundary/key-set';

/** No usable keys are available to verify tokens. */
export class NoKeySet extends Error {
  public override readonly name = 'NoKeySet';
}

export interface KnownKeysOptions {
  /** Reads the issuer's key set from the table; undefined if the table has none. */
  readonly read: () => Promise<KeySet | undefined>;
  /** The time after which a set is read again, and so the longest time for which a removed key is still accepted. */
  readonly rereadMs?: number;
  /** The maximum age of a set, counted from when it was read from the issuer. With an older set, every token is refused. */
  readonly maxAgeMs?: number;
}

/** The minimum time between two reads. Without it, a client that invents key ids would cause a read at each request. */
const LEAST_MS = 60_000;

const FIVE_MINUTES = 300_000;
const ONE_DAY = 86_400_000;

/** Caches the signing keys of one issuer for a bounded time. An unknown key id causes another read, at most once a minute. */
export class KnownKeys {
  private lastReadAt = Number.NEGATIVE_INFINITY;
  private pendingRead?: Promise<void>;
  private set?: KeySet;
  private imported: ReadonlyMap<string, CryptoKey> = new Map();

  constructor(private readonly options: KnownKeysOptions) {}

  /**
   * The key with an id, or undefined.
   *
   * @throws NoKeySet when the table has no set, it can't be read, or the set is too old
   */
  public async find(kid: string, now: Date): Promise<CryptoKey | undefined> {
    const { rereadMs = FIVE_MINUTES } = this.options;
    if (this.pendingRead !== undefined) await this.pendingRead;
    const age = now.getTime() - this.lastReadAt;
    const isDue = age < 0 || age >= (this.imported.has(kid) ? rereadMs : LEAST_MS);
    if (isDue) await this.read(now);
    this.requireFresh(now);
    return this.imported.get(kid);
  }

  private requireFresh(now: Date): void {
    const { maxAgeMs = ONE_DAY } = this.options;
    const age = this.set === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(this.set.readAt);
    if (age > maxAgeMs) throw new NoKeySet();
  }

  private async read(now: Date): Promise<void> {
    this.pendingRead ??= this.refresh(now).finally(() => {
      this.pendingRead = undefined;
    });
    await this.pendingRead;
  }

  /** If the read fails, the last set stays in use for as long as it is fresh. */
  private async refresh(now: Date): Promise<void> {
    this.lastReadAt = now.getTime();
    const set = await this.options.read().catch(() => this.set);
    if (set === this.set) return;
    this.imported = await imported(set);
    this.set = set;
  }
}

async function imported(set: KeySet | undefined): Promise<ReadonlyMap<string, CryptoKey>> {
  const { importJWK } = await import('jose/key/import');
  return new Map(
    await Promise.all(
      (set?.keys ?? []).map(async (key) => [key.kid, (await importJWK({ ...key })) as CryptoKey] as const),
    ),
  );
}
