import type { Suspension, Suspensions } from './suspension';

/** How long a process may not know yet that somebody was suspended, or is let back. */
export const SUSPENSION_CACHE_MS = 60_000;

/** More members than are served by one process within that time. */
const MOST = 10_000;

/** Suspensions, remembered for a bounded time, so that a turn of somebody who is there asks for none. */
export class CachedSuspensions implements Suspensions {
  private readonly known = new Map<string, { readonly suspension: Suspension; readonly until: number }>();

  constructor(
    private readonly suspensions: Suspensions,
    private readonly now: () => number = Date.now,
  ) {}

  public async of(member: string): Promise<Suspension> {
    const found = this.known.get(member);
    const now = this.now();
    // A clock that was set back must not keep somebody in.
    if (found !== undefined && now < found.until && now >= found.until - SUSPENSION_CACHE_MS) return found.suspension;
    const suspension = await this.suspensions.of(member);
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(member, { suspension, until: now + SUSPENSION_CACHE_MS });
    return suspension;
  }
}
