import type { Suspension, Suspensions } from './suspension';

/** The maximum time until a process applies a new suspension, or the end of one. */
const SUSPENSION_CACHE_MS = 60_000;

/** The most members in the cache; one process serves fewer within that time. */
const MOST = 10_000;

/** Caches suspensions for a bounded time, so that most turns don't read the table. */
export class CachedSuspensions implements Suspensions {
  private readonly known = new Map<string, { readonly suspension: Suspension; readonly until: number }>();

  constructor(
    private readonly suspensions: Suspensions,
    private readonly now: () => number = Date.now,
  ) {}

  public async of(member: string): Promise<Suspension> {
    const found = this.known.get(member);
    const now = this.now();
    // After the clock has been set back, an entry must not stay valid for longer.
    if (found !== undefined && now < found.until && now >= found.until - SUSPENSION_CACHE_MS) return found.suspension;
    const suspension = await this.suspensions.of(member);
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(member, { suspension, until: now + SUSPENSION_CACHE_MS });
    return suspension;
  }
}
