import type { BranchKeyStoreNode } from '@aws-crypto/client-node';

/** A branch key in the clear, as the SDK holds it. */
export type BranchKey = Awaited<ReturnType<BranchKeyStoreNode['getActiveBranchKey']>>;

/**
 * The branch keys that this process has in memory, each for a fixed time that use doesn't extend. Concurrent requests for the same key
 * share one call, so a page of messages needs one call.
 *
 * The SDK's own cache overwrites a key with zeros as soon as another replaces it, even while a call that just received it hasn't wrapped
 * a data key yet. A message encrypted at that moment is readable for everybody, and no longer for its owner. Here the garbage collector
 * reclaims a key that is removed.
 */
export class BranchKeyCache {
  private readonly entries = new Map<string, { readonly key: BranchKey; readonly until: number }>();
  private readonly pending = new Map<string, Promise<BranchKey>>();

  constructor(
    private readonly ttlMs: number,
    private readonly capacity: number,
    private readonly now: () => number,
  ) {}

  /** The key from memory, or from `fetch`. */
  public take(id: string, fetch: () => Promise<BranchKey>): Promise<BranchKey> {
    const entry = this.entries.get(id);
    if (entry !== undefined && entry.until > this.now()) {
      // Moves the entry to the end of the insertion order, so that the first is the least recently used.
      this.entries.delete(id);
      this.entries.set(id, entry);
      return Promise.resolve(entry.key);
    }
    this.entries.delete(id);
    const pending = this.pending.get(id) ?? this.fetch(id, fetch);
    this.pending.set(id, pending);
    return pending;
  }

  private async fetch(id: string, fetch: () => Promise<BranchKey>): Promise<BranchKey> {
    // Counts from before the call: the key may be deleted while the answer is on its way.
    const until = this.now() + this.ttlMs;
    try {
      const key = await fetch();
      this.entries.set(id, { key, until });
      const [oldest] = this.entries.keys();
      if (this.entries.size > this.capacity && oldest !== undefined) this.entries.delete(oldest);
      return key;
    } finally {
      this.pending.delete(id);
    }
  }
}
