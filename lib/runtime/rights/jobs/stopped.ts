/**
 * A step can't run until an operator has fixed something. The message holds IDs of jobs and holds, and
 * names of kinds, but none of users: the history of an execution outlives an erasure.
 */
export class Stopped extends Error {
  public override readonly name = 'Stopped';
}
