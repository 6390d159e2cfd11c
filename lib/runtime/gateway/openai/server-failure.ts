/**
 * A server's failure status, in the form by which the AWS SDK's failures are distinguished. The server's text is
 * discarded, because it can quote the request.
 */
export class ServerFailure extends Error {
  public override readonly name = 'ServerFailure';
  public readonly $metadata: { readonly httpStatusCode: number };

  constructor(status: number) {
    super(`a server answered with status ${status}`);
    // For these statuses, Bedrock sends 400.
    this.$metadata = { httpStatusCode: [409, 413, 415, 422].includes(status) ? 400 : status };
  }
}
