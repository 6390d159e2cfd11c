/**
 * A status or an exception from Bedrock, in the form by which the AWS SDK's failures are distinguished. The answer's text is
 * discarded, because it can quote the request.
 */
export class BedrockFailure extends Error {
  public readonly $metadata?: { readonly httpStatusCode: number };

  /**
   * @param name the exception's name; an exception in a stream has nothing else
   * @param status the status, if there is one
   */
  constructor(
    public override readonly name: string,
    status?: number,
  ) {
    super('Bedrock answered with a failure');
    if (status !== undefined) this.$metadata = { httpStatusCode: status };
  }
}
