import type { ProjectLimits } from '../../../contract/policies/gateway-policy';

/** A project that was created at run time, as it is stored. */
export interface OpenProject {
  readonly id: string;
  /** The owner's name for it. It is stored in its row and nowhere else. */
  readonly name?: string;
  /** Some of the declared models; all of them if absent. */
  readonly models?: readonly string[];
  /** Its own limits. A limit that it lacks is the declared one. */
  readonly limits: ProjectLimits;
  readonly created: Date;
  /** When its limits were last replaced. */
  readonly capped?: Date;
  /** The time from which it isn't served. An ended project stays stored, so its ID is never used again. */
  readonly ended?: Date;
}

/** Where a gateway looks up open projects. */
export interface OpenProjectRegistry {
  /**
   * A project, even if it has ended; undefined if it never existed.
   *
   * @throws if the store can't be reached, or what it holds isn't a project
   */
  find(id: string): Promise<OpenProject | undefined>;
}
