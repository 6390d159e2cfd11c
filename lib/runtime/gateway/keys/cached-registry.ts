import type { KeyRecord } from './key-record';
import type { KeyRegistry } from './key-registry';

export interface CacheOptions {
  /** @default 60 000, within which a revocation takes effect */
  readonly ttlMs?: number;
  /**
   * Most ids that are remembered, of known and of unknown ones each.
   *
   * @default 1000
   */
  readonly size?: number;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** However often secrets don't fit, an id is asked for anew once in this time. */
const ANEW_MS = 1_000;

interface Entry {
  readonly asked: number;
  readonly anew: boolean;
  readonly record: KeyRecord | undefined;
}

/**
 * A registry that remembers what it was told, also that there is no such key. Failures aren't remembered, and an answer is
 * never used past its time because a new one can't be had: a revoked key would open again.
 */
export class CachedRegistry implements KeyRegistry {
  /** Apart, so that inventing ids displaces no key that exists. */
  private readonly known = new Map<string, Entry>();
  private readonly unknown = new Map<string, Entry>();
  private readonly asking = new Map<string, Promise<KeyRecord | undefined>>();
  private readonly ttlMs: number;
  private readonly size: number;
  private readonly now: () => Date;

  constructor(
    private readonly registry: KeyRegistry,
    { ttlMs = 60_000, size = 1_000, now = () => new Date() }: CacheOptions = {},
  ) {
    this.ttlMs = ttlMs;
    this.size = size;
    this.now = now;
  }

  public async find(id: string, anew = false): Promise<KeyRecord | undefined> {
    const entry = this.known.get(id) ?? this.unknown.get(id);
    if (entry !== undefined && this.isFresh(entry, anew)) return entry.record;
    return this.asking.get(id) ?? this.ask(id, anew);
  }

  /** A clock that was set back makes no answer fresh. */
  private isFresh(entry: Entry, anew: boolean): boolean {
    const age = this.now().getTime() - entry.asked;
    return age >= 0 && age < (anew ? ANEW_MS : this.ttlMs) && (entry.anew || !anew);
  }

  private ask(id: string, anew: boolean): Promise<KeyRecord | undefined> {
    // The answer is as old as the question: what changed while it was on its way counts as unseen.
    const asked = this.now().getTime();
    const asking = this.registry
      .find(id)
      .then((record) => {
        this.remember(id, { asked, anew, record });
        return record;
      })
      .finally(() => this.asking.delete(id));
    this.asking.set(id, asking);
    return asking;
  }

  private remember(id: string, entry: Entry): void {
    const [entries, others] = entry.record === undefined ? [this.unknown, this.known] : [this.known, this.unknown];
    others.delete(id);
    entries.delete(id);
    entries.set(id, entry);
    const [oldest] = entries.keys();
    if (entries.size > this.size && oldest !== undefined) entries.delete(oldest);
  }
}
