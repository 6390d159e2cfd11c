/** A request that the function doesn't send. Its message states why, without any text of the request. */
export class Refusal extends Error {
  public override readonly name = 'Refusal';
}
