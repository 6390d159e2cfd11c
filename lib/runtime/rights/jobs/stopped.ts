/** A step can't run until an operator has fixed something. The message holds ids and names of kinds only, so it may be logged and stored. */
export class Stopped extends Error {
  public override readonly name = 'Stopped';
}
