/** CloudFormation's format for stack names in a filter. */
const NAME = /^[A-Za-z*?][-A-Za-z0-9*?]{0,127}$/;
const MAX_NAMES = 50;

/** The stacks of an account and Region that a hook checks. It is set for every hook; there is no default. */
export class StackFilter {
  /** Every stack, including other teams' stacks in the account and CDK's own bootstrap stack. */
  public static all(): StackFilter {
    return new StackFilter();
  }

  /**
   * Only stacks with these names. The name of a nested stack begins with the name of the stack above it and a hyphen.
   *
   * @param names names of stacks, such as `chat-*`; `*` stands for any text and `?` for any character
   * @throws if there is no name, more than 50, a malformed name, or one that matches every stack
   */
  public static named(...names: string[]): StackFilter {
    requireNames('StackFilter.named()', names);
    if (names.length === 0) {
      throw new Error('StackFilter.named() needs at least one name, got none; use StackFilter.all() for every stack');
    }
    const everything = names.find((name) => /^[*?]*\*[*?]*$/.test(name));
    if (everything !== undefined) {
      throw new Error(
        `StackFilter.named() must name some stacks and not all, got '${everything}'; use StackFilter.all() for every stack`,
      );
    }
    return new StackFilter(names);
  }

  private constructor(
    /** The names of the checked stacks; none if every stack is checked. */
    public readonly names?: string[],
  ) {}
}

/**
 * Checks that names have the format of CloudFormation's filters.
 *
 * @param where the prop or method that received the names, in the user's words
 * @param room the number of names allowed
 * @throws if there are too many names, or one is malformed
 */
export function requireNames(where: string, names: readonly string[], room: number = MAX_NAMES): void {
  if (names.length > room) {
    throw new Error(
      `${where} must have at most ${room} names because CloudFormation accepts no more, got ${names.length}; use '*' to match several at once`,
    );
  }
  for (const name of names) {
    if (!NAME.test(name)) {
      throw new Error(
        `${where} must contain names of stacks, in letters, digits and hyphens, got '${name}'; use '*' for any other text`,
      );
    }
  }
}
