/**
 * A status or an exception that Bedrock answered with, in the form in which failures of the AWS SDK are told apart. What it said
 * is not kept, because it can quote the request.
 */
export class BedrockFailure extends Error {
  public readonly $metadata?: { readonly httpStatusCode: number };

  /**
   * @param name the exception's name; one within a stream has no other sign
   * @param status the status, where there is one
   */
  constructor(
    public override readonly name: string,
    status?: number,
  ) {
    super('Bedrock answered with a failure');
    if (status !== undefined) this.$metadata = { httpStatusCode: status };
  }
}
