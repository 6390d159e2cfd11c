/** A refusal as an AWS service gives it: a name that the SDK makes an error of, and a status. */
export class LocalFault extends Error {
  constructor(
    public override readonly name: string,
    message: string,
    public readonly status = 400,
    /** Members of the answer besides its name and message. */
    public readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What DynamoDB and KMS call a request that isn't right in itself. */
export const invalid = (message: string): LocalFault => new LocalFault('ValidationException', message);

/** What the services have and the local ones don't: said aloud, so that nothing is thought to work that doesn't. */
export const unsupported = (what: string): LocalFault =>
  new LocalFault('UnsupportedByLocalStore', `the local store has no ${what}; add it there, or do without`, 501);

/** Refuses members of a request that would be passed over. */
export function requireKnown(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(input).filter((member) => input[member] !== undefined && !known.includes(member));
  if (unknown.length > 0) throw unsupported(`'${unknown.join("', '")}' of ${operation}`);
}
