/** Why a step can't be done until somebody mends it. Its message holds ids and names of kinds alone, so it may be told and kept. */
export class Stopped extends Error {
  public override readonly name = 'Stopped';
}
