import type { KeyRecord } from './key-record';

export interface CacheOptions {
  /** @default 60 000, within which a change takes effect */
  readonly ttlMs?: number;
  /**
   * The most cached IDs, of known and of unknown records each.
   *
   * @default 1000
   */
  readonly size?: number;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** Even if secrets don't match repeatedly, an ID is read again at most once in this time. */
const REFRESH_MS = 1_000;

interface Entry<T> {
  readonly readAt: number;
  readonly isRefreshed: boolean;
  readonly record: T | undefined;
}

/** Where records are looked up by their IDs. */
interface Registry<T> {
  find(id: string): Promise<T | undefined>;
}

/**
 * A registry that caches answers, including the absence of a record. Failures aren't cached. An expired answer is never used, even if no
 * new one is available: a revoked key or an ended project would work again.
 */
export class CachedRegistry<T = KeyRecord> implements Registry<T> {
  /** Separate maps, so that invented IDs displace no existing record. */
  private readonly known = new Map<string, Entry<T>>();
  private readonly unknown = new Map<string, Entry<T>>();
  private readonly pending = new Map<string, Promise<T | undefined>>();
  private readonly ttlMs: number;
  private readonly size: number;
  private readonly now: () => Date;

  constructor(
    private readonly registry: Registry<T>,
    { ttlMs = 60_000, size = 1_000, now = () => new Date() }: CacheOptions = {},
  ) {
    this.ttlMs = ttlMs;
    this.size = size;
    this.now = now;
  }

  public async find(id: string, refresh = false): Promise<T | undefined> {
    const entry = this.known.get(id) ?? this.unknown.get(id);
    if (entry !== undefined && this.isFresh(entry, refresh)) return entry.record;
    return this.pending.get(id) ?? this.lookUp(id, refresh);
  }

  /** If the clock was set back, no answer counts as fresh. */
  private isFresh(entry: Entry<T>, refresh: boolean): boolean {
    const age = this.now().getTime() - entry.readAt;
    return age >= 0 && age < (refresh ? REFRESH_MS : this.ttlMs) && (entry.isRefreshed || !refresh);
  }

  private lookUp(id: string, refresh: boolean): Promise<T | undefined> {
    // An answer is as old as its request, because it may miss a change that happened meanwhile.
    const readAt = this.now().getTime();
    const pending = this.registry
      .find(id)
      .then((record) => {
        this.remember(id, { readAt, isRefreshed: refresh, record });
        return record;
      })
      .finally(() => this.pending.delete(id));
    this.pending.set(id, pending);
    return pending;
  }

  private remember(id: string, entry: Entry<T>): void {
    const [entries, others] = entry.record === undefined ? [this.unknown, this.known] : [this.known, this.unknown];
    others.delete(id);
    entries.delete(id);
    entries.set(id, entry);
    const [oldest] = entries.keys();
    if (entries.size > this.size && oldest !== undefined) entries.delete(oldest);
  }
}
