/** What CloudFormation takes as the name of a stack in a filter. */
const NAME = /^[A-Za-z*?][-A-Za-z0-9*?]{0,127}$/;
const MAX_NAMES = 50;

/** Which stacks of an account and Region a hook judges. Said for every hook: there is no default. */
export class StackFilter {
  /** Every stack, those of others in the account and CDK's own bootstrap stack among them. */
  public static all(): StackFilter {
    return new StackFilter();
  }

  /**
   * Only stacks of these names. The name of a nested stack begins with that of the stack above it and a hyphen.
   *
   * @param names names of stacks; `*` stands for any text and `?` for any character: `chat-*`
   */
  public static named(...names: string[]): StackFilter {
    requireNames('StackFilter.named()', names);
    if (names.length === 0) {
      throw new Error('StackFilter.named() needs at least one name, got none; use StackFilter.all() for every stack');
    }
    const everything = names.find((name) => /^[*?]*\*[*?]*$/.test(name));
    if (everything !== undefined) {
      throw new Error(
        `StackFilter.named() must name some stacks, got '${everything}'; use StackFilter.all() for every stack`,
      );
    }
    return new StackFilter(names);
  }

  private constructor(
    /** The names that are judged; none when every stack is. */
    public readonly names?: string[],
  ) {}
}

/**
 * Names as a filter of CloudFormation takes them.
 *
 * @param where what was given them, as the user wrote it
 * @param room how many may be given
 */
export function requireNames(where: string, names: readonly string[], room: number = MAX_NAMES): void {
  if (names.length > room) {
    throw new Error(
      `${where} may hold ${room} names because CloudFormation takes no more, got ${names.length}; use '*' to name several at once`,
    );
  }
  for (const name of names) {
    if (!NAME.test(name)) {
      throw new Error(
        `${where} must hold names of stacks, in letters, digits and hyphens, with '*' for any text, got '${name}'`,
      );
    }
  }
}
