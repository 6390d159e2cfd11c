/** A promise that the code broke. */
export class Violation extends Error {
  public override readonly name = 'Violation';

  constructor(
    public readonly promise: string,
    public readonly expected: string,
    public readonly found: string,
  ) {
    super(`${promise}: expected ${expected}; found ${found}`);
  }
}

/** @throws Violation unless the condition holds */
export function require(condition: boolean, promise: string, expected: string, found: string): asserts condition {
  if (!condition) throw new Violation(promise, expected, found);
}
