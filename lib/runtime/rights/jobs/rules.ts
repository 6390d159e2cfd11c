import type { ErasureOfOthers, RightsPolicy } from '../../../contract/policies/rights-policy';
import { DEFAULT_ERASURE_OF_OTHERS, HAND_OVER_DAYS } from '../../../contract/rights';

/** How long requests that concern another person's content wait, and for what. */
export interface RightsRules {
  /** Milliseconds from the request for a hand-over until it can be released. */
  readonly handOverMs: number;
  readonly erasureOfOthers: ErasureOfOthers;
  /** Milliseconds from the request for an erasure of another person's content until it begins or its confirmation is too late. */
  readonly erasureMs: number;
}

const DAY_MS = 86_400_000;

/** How long an erasure of another person's content waits. */
const ERASURE_DAYS = 7;

/** The rules of a workspace. */
export const rulesOf = ({
  handOverDays = HAND_OVER_DAYS.default,
  erasureOfOthers = DEFAULT_ERASURE_OF_OTHERS,
}: Pick<RightsPolicy, 'handOverDays' | 'erasureOfOthers'>): RightsRules => ({
  handOverMs: handOverDays * DAY_MS,
  erasureOfOthers,
  erasureMs: ERASURE_DAYS * DAY_MS,
});
