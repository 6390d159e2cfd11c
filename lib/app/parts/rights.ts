import { Duration } from 'aws-cdk-lib/core';
import type { RightsConfig } from '../../config/model/rights';
import { ErasureOfOthers, type RightsRules } from '../../constructs/rights/rights-rules';

const ERASURES = { 'second-person': ErasureOfOthers.SECOND_PERSON, delay: ErasureOfOthers.DELAY } as const;

/** The rules that the file sets. */
export const rulesOf = ({ handOverDays, erasureOfOthers }: RightsConfig): RightsRules => ({
  ...(handOverDays !== undefined && { handOverDelay: Duration.days(handOverDays) }),
  ...(erasureOfOthers !== undefined && { erasureOfOthers: ERASURES[erasureOfOthers] }),
});
