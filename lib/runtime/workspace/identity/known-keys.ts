import type { CryptoKey } from 'jose';
import type { KeySet } from '../../../boundary/key-set';

/** The error of a process that has no keys to check tokens by. */
export class NoKeySet extends Error {
  public override readonly name = 'NoKeySet';
}

export interface KnownKeysOptions {
  /** Reads the issuer's key set as it is kept now; none where there is none. */
  readonly read: () => Promise<KeySet | undefined>;
  /** How long a set is used before it is read again: within this time a key that was taken away is forgotten. */
  readonly rereadMs?: number;
  /** How old a set may be, from when it was read at the issuer. Older ones open nothing. */
  readonly maxAgeMs?: number;
}

/** Between two readings: whoever invents ids of keys would else have the table read at each request. */
const LEAST_MS = 60_000;

const FIVE_MINUTES = 300_000;
const ONE_DAY = 86_400_000;

/** The signing keys of one issuer, remembered for a bounded time and read again, once a minute at most, for one not known. */
export class KnownKeys {
  private asked = Number.NEGATIVE_INFINITY;
  private reading?: Promise<void>;
  private set?: KeySet;
  private imported: ReadonlyMap<string, CryptoKey> = new Map();

  constructor(private readonly options: KnownKeysOptions) {}

  /**
   * The key of an id, or none.
   *
   * @throws NoKeySet when none is kept, it can't be read, or it is too old
   */
  public async find(kid: string, now: Date): Promise<CryptoKey | undefined> {
    const { rereadMs = FIVE_MINUTES } = this.options;
    if (this.reading !== undefined) await this.reading;
    const age = now.getTime() - this.asked;
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
    this.reading ??= this.refresh(now).finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  /** What was read last is used on when it can't be read anew, for as long as it is fresh. */
  private async refresh(now: Date): Promise<void> {
    this.asked = now.getTime();
    const set = await this.options.read().catch(() => this.set);
    if (set === this.set) return;
    this.imported = await imported(set);
    this.set = set;
  }
}

async function imported(set: KeySet | undefined): Promise<ReadonlyMap<string, CryptoKey>> {
  const { importJWK } = await import('jose');
  return new Map(
    await Promise.all(
      (set?.keys ?? []).map(async (key) => [key.kid, (await importJWK({ ...key })) as CryptoKey] as const),
    ),
  );
}
