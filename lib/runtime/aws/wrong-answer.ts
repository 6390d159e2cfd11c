/** A store answered, but not what it was asked. The answer is refused like none, so that nothing is decided by it. */
export class WrongAnswer extends Error {
  public override readonly name = 'WrongAnswer';

  /**
   * @param operation the name of the call
   * @param found what the answer has or lacks, without any value from it
   */
  constructor(operation: string, found: string) {
    super(`the answer to ${operation} ${found}, so it isn't used; try again`);
  }
}
