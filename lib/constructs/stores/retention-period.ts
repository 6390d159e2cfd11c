import { Duration } from 'aws-cdk-lib/core';

/** How long content is kept. Said for every store: there is no default. */
export class RetentionPeriod {
  /**
   * Content is deleted once it is this old.
   *
   * @param days whole days, at least 1
   */
  public static days(days: number): RetentionPeriod {
    if (!Number.isInteger(days) || days < 1) {
      throw new Error(
        `a retention period must be a whole number of days, at least 1, got '${days}'; use 365 for a year`,
      );
    }
    return new RetentionPeriod(Duration.days(days));
  }

  /**
   * Content is kept until somebody deletes it, so nothing bounds its age.
   *
   * @param reason why no period is set; evidence repeats it
   */
  public static untilDeleted(reason?: string): RetentionPeriod {
    return new RetentionPeriod(undefined, reason);
  }

  private constructor(
    /** The age at which content is deleted; none when it is kept until somebody deletes it. */
    public readonly duration?: Duration,
    /** Why no period is set. */
    public readonly reason?: string,
  ) {}
}
