/** Where a tenant stands with one of its limits. */
export interface Standing {
  readonly kind: 'requests' | 'tokens';
  readonly limit: number;
  readonly used: number;
  /** Until nothing is used again. */
  readonly resetMs: number;
}

/** The headers by which OpenAI's API tells where a client stands: of several limits of a kind, with the one that is reached first. */
export function limitHeaders(standings: readonly Standing[]): Record<string, string> {
  const isReachedFirst = (one: Standing) =>
    standings.every((other) => other.kind !== one.kind || left(one) <= left(other));
  const headers = standings.filter(isReachedFirst).flatMap(({ kind, limit, used, resetMs }) => [
    [`x-ratelimit-limit-${kind}`, `${limit}`],
    [`x-ratelimit-remaining-${kind}`, `${Math.max(0, limit - used)}`],
    [`x-ratelimit-reset-${kind}`, duration(resetMs)],
  ]);
  return Object.fromEntries(headers);
}

const left = ({ limit, used }: Standing) => limit - used;

/** Whole seconds, at least one: a client that comes back too early is refused again. */
export const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/** As Go and OpenAI write it: `8h3m12s`. */
function duration(ms: number): string {
  const all = seconds(ms);
  const [hours, minutes] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${all >= 60 ? `${minutes}m` : ''}${all % 60}s`;
}
