/** The state of one limit. */
export interface LimitState {
  readonly kind: 'requests' | 'tokens';
  readonly limit: number;
  readonly used: number;
  /** Time until the count starts at 0 again. */
  readonly resetMs: number;
}

/** The rate limit headers of OpenAI's API. If several limits of a kind apply, they report the one that is reached first. */
export function limitHeaders(limits: readonly LimitState[]): Record<string, string> {
  const isReachedFirst = (one: LimitState) =>
    limits.every((other) => other.kind !== one.kind || left(one) <= left(other));
  const headers: Record<string, string> = {};
  for (const { kind, limit, used, resetMs } of limits.filter(isReachedFirst)) {
    headers[`x-ratelimit-limit-${kind}`] = `${limit}`;
    headers[`x-ratelimit-remaining-${kind}`] = `${Math.max(0, limit - used)}`;
    headers[`x-ratelimit-reset-${kind}`] = duration(resetMs);
  }
  return headers;
}

const left = ({ limit, used }: LimitState) => limit - used;

/** Whole seconds, at least one. A client that retries too early is refused again. */
export const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** In the notation of Go and OpenAI: `8h3m12s`. */
function duration(ms: number): string {
  const all = seconds(ms);
  const [hours, minutes] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${all >= 60 ? `${minutes}m` : ''}${all % 60}s`;
}
