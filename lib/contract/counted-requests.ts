import { UNAUTHENTICATED } from './metrics';

/** Why the ledger only counts a request. */
export type CountedBecause = 'unauthenticated' | 'limited';

/** The reasons for refusing a request because of a limit of its tenant. */
const LIMITS: readonly unknown[] = ['rate_limit_exceeded', 'insufficient_quota', 'concurrent_requests'];

/** The fields of a record that decide. */
type Deciding = Readonly<Partial<Record<'tenant' | 'act' | 'attempts' | 'outcome' | 'reason', unknown>>>;

/**
 * Why the ledger has no leaf for a request, and only counts it; undefined for any other request. It called no model, and the ledger has no
 * room for each: anyone can make requests without a valid key or token, and any key can make more than its limits allow.
 */
export function countedBecause({ tenant, act, attempts, outcome, reason }: Deciding): CountedBecause | undefined {
  if (attempts !== undefined || act !== undefined || outcome === 'answered') return undefined;
  if (tenant === UNAUTHENTICATED) return 'unauthenticated';
  return LIMITS.includes(reason) ? 'limited' : undefined;
}
