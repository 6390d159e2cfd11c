import { Duration } from 'aws-cdk-lib/core';

/** The retention period of content. It is set for every store; there is no default. */
export class RetentionPeriod {
  /**
   * Content is deleted at this age.
   *
   * @param days whole days, at least 1
   * @throws if it isn't a whole number, or is less than 1
   */
  public static days(days: number): RetentionPeriod {
    if (!Number.isInteger(days) || days < 1) {
      throw new Error(
        `a retention period must be a whole number of days, at least 1, got '${days}'; use 365 for one year`,
      );
    }
    return new RetentionPeriod(Duration.days(days));
  }

  /**
   * Content is retained until a user or an administrator deletes it, so its age has no limit.
   *
   * @param reason the reason for setting no period, repeated in the evidence
   */
  public static untilDeleted(reason?: string): RetentionPeriod {
    return new RetentionPeriod(undefined, reason);
  }

  private constructor(
    /** The age at which content is deleted; none if it is retained until its deletion. */
    public readonly duration?: Duration,
    /** The reason for setting no period. */
    public readonly reason?: string,
  ) {}
}
