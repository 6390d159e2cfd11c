import type { BranchKeyStoreNode } from '@aws-crypto/client-node';

/** A branch key in the clear, as the SDK holds it. */
export type BranchKey = Awaited<ReturnType<BranchKeyStoreNode['getActiveBranchKey']>>;

/**
 * The branch keys that this process has in memory, each for a time that use doesn't lengthen. Who asks for the same key at the
 * same time shares one answer, so that a page of messages needs one call.
 *
 * The SDK's own cache writes zeros over a key as soon as another takes its place, also while a call that just got it has yet to
 * wrap a data key with it: what is then encrypted can be read by everybody, and by its owner no more. Here a key that is let go
 * is left to the garbage collector.
 */
export class BranchKeyCache {
  private readonly entries = new Map<string, { readonly key: BranchKey; readonly until: number }>();
  private readonly asked = new Map<string, Promise<BranchKey>>();

  constructor(
    private readonly ttlMs: number,
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  /** The key from memory, or as `fetch` gets it. */
  public take(id: string, fetch: () => Promise<BranchKey>): Promise<BranchKey> {
    const entry = this.entries.get(id);
    if (entry !== undefined && entry.until > this.now()) {
      // Last in the order of insertion, so that the first is the one that wasn't used for longest.
      this.entries.delete(id);
      this.entries.set(id, entry);
      return Promise.resolve(entry.key);
    }
    this.entries.delete(id);
    const asked = this.asked.get(id) ?? this.ask(id, fetch);
    this.asked.set(id, asked);
    return asked;
  }

  private async ask(id: string, fetch: () => Promise<BranchKey>): Promise<BranchKey> {
    // From before the question: the key may be deleted while the answer is on its way.
    const until = this.now() + this.ttlMs;
    try {
      const key = await fetch();
      this.entries.set(id, { key, until });
      const [oldest] = this.entries.keys();
      if (this.entries.size > this.most && oldest !== undefined) this.entries.delete(oldest);
      return key;
    } finally {
      this.asked.delete(id);
    }
  }
}
