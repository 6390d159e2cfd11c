import type { Duration } from 'aws-cdk-lib/core';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 180;

/** The API keys that the members of a workspace create for themselves. They are valid below `/key/v1` of its API. */
export interface MemberKeys {
  /**
   * A key works only if its member has signed in within this period: whole days, at most 180.
   *
   * @default Duration.days(30)
   */
  readonly signInWithin?: Duration;
}

/** @throws if the period isn't of whole days, from one to 180 */
export function signInWithinDays(whose: string, { signInWithin }: MemberKeys): number {
  const days = signInWithin?.toDays({ integral: false }) ?? DEFAULT_DAYS;
  if (Number.isSafeInteger(days) && days >= 1 && days <= MAX_DAYS) return days;
  throw new Error(
    `${whose}: 'signInWithin' must be a whole number of days from 1 to ${MAX_DAYS}, because a person who has left stops signing in, got ` +
      `${days} days; set it to Duration.days(${DEFAULT_DAYS})`,
  );
}
