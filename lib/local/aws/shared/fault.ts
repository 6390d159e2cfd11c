/** An AWS service's refusal: a name, which the SDK turns into an error, and a status. */
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

/** The error that DynamoDB and KMS return for an invalid request. */
export const invalid = (message: string): LocalFault => new LocalFault('ValidationException', message);

/** A feature that the local services lack. It is refused explicitly, so that it can't seem to work. */
export const unsupported = (what: string): LocalFault =>
  new LocalFault('UnsupportedByLocalStore', `the local store doesn't support ${what}; add it there, or avoid it`, 501);

/** Refuses members of a request that would be ignored. */
export function requireKnown(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(input).filter((member) => input[member] !== undefined && !known.includes(member));
  if (unknown.length > 0) throw unsupported(`'${unknown.join("', '")}' of ${operation}`);
}
