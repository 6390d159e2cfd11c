/**
 * A status that a server answered with, in the form in which failures of the AWS SDK are told apart. What the server said is
 * not kept, because it can quote the request.
 */
export class ServerFailure extends Error {
  public override readonly name = 'ServerFailure';
  public readonly $metadata: { readonly httpStatusCode: number };

  constructor(status: number) {
    super(`a server answered with status ${status}`);
    // These say of the request what Bedrock says with 400.
    this.$metadata = { httpStatusCode: [409, 413, 415, 422].includes(status) ? 400 : status };
  }
}
