import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HAND_OVER_DAYS } from '../../contract/rights';

/** What an erasure waits for if another person than the user requests it. */
export enum ErasureOfOthers {
  /** A second, independent administrator confirms it within 7 days. */
  SECOND_PERSON = 'second-person',

  /** 7 days, in which the user and every other administrator can cancel it. */
  DELAY = 'delay',
}

/** Rules for requests that concern another person's content. */
export interface RightsRules {
  /**
   * The time from the request for a hand-over of a user's export until it can be released, 1 to 30 days. Meanwhile the
   * user and every other administrator can cancel it.
   *
   * @default Duration.days(3)
   */
  readonly handOverDelay?: Duration;

  /**
   * What an erasure waits for if another person than the user requests it. A user's own request takes effect at once.
   *
   * @default ErasureOfOthers.DELAY
   */
  readonly erasureOfOthers?: ErasureOfOthers;
}

/** @throws if the delay isn't a whole number of days from 1 to 30 */
export function requireHandOverDelay(scope: Construct, { handOverDelay }: RightsRules): void {
  const days = handOverDelay?.toDays({ integral: false }) ?? HAND_OVER_DAYS.default;
  if (Number.isInteger(days) && days >= HAND_OVER_DAYS.min && days <= HAND_OVER_DAYS.max) return;
  throw new Error(
    `${scope.node.path}: 'handOverDelay' must be a whole number of days from ${HAND_OVER_DAYS.min} to ${HAND_OVER_DAYS.max}, so that a user ` +
      `can object and an export doesn't stay for long, got ${days} days; set such a Duration`,
  );
}
