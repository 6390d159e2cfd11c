/** What the examples of one answer may consist of, so that a short schema can't request an endless one. */
export class ExampleBudget {
  constructor(
    private values = 10_000,
    private characters = 200_000,
  ) {}

  public get isSpent(): boolean {
    return this.values <= 0;
  }

  /** Whether another value fits, which is then taken off. */
  public value(): boolean {
    return this.values-- > 0;
  }

  /** Whether characters fit, which are then taken off. What doesn't fit ends the budget. */
  public text(length: number): boolean {
    if (length <= this.characters) {
      this.characters -= length;
      return true;
    }
    this.values = 0;
    return false;
  }
}
