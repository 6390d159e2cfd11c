/** The state of one limit. */
export interface LimitState {
  readonly kind: 'requests' | 'tokens';
  readonly limit: number;
  readonly used: number;
  /** Time until the count starts at 0 again. */
  readonly resetMs: number;
  /** Whether several members share it. What remains of it would show each of them what the others use. */
  readonly isShared: boolean;
}

/**
 * The rate limit headers of OpenAI's API. If several limits of a kind apply, they report the one that is reached first. A limit that
 * several members share is reported only if the member has no limit of their own, and without `remaining` until it is reached, because the
 * refusal says so anyway.
 */
export function limitHeaders(limits: readonly LimitState[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const kind of ['requests', 'tokens'] as const) {
    const one = reported(limits.filter((limit) => limit.kind === kind));
    if (one === undefined) continue;
    const { limit, used, resetMs, isShared } = one;
    headers[`x-ratelimit-limit-${kind}`] = `${limit}`;
    if (!isShared || used >= limit) headers[`x-ratelimit-remaining-${kind}`] = `${Math.max(0, limit - used)}`;
    headers[`x-ratelimit-reset-${kind}`] = duration(resetMs);
  }
  return headers;
}

/** Of the limits of a kind, the one that headers report. */
function reported(limits: readonly LimitState[]): LimitState | undefined {
  const exact = limits.filter(({ isShared, limit, used }) => !isShared || used >= limit);
  return [...exact].sort((one, other) => left(one) - left(other))[0] ?? limits[0];
}

const left = ({ limit, used }: LimitState) => Math.max(0, limit - used);

/** Whole seconds, at least one. A client that retries too early is refused again. */
export const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** In the notation of Go and OpenAI: `8h3m12s`. */
function duration(ms: number): string {
  const all = seconds(ms);
  const [hours, minutes] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${all >= 60 ? `${minutes}m` : ''}${all % 60}s`;
}
