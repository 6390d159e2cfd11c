/** The variable with the folder to which requests are recorded. */
export const RECORDS = 'OFFLINE_RECORDS';

/** A request as the code made it. */
export interface RecordedRequest {
  /** The file of the package that sent it; empty if none is on the stack. */
  readonly file: string;
  /** The service ID of the SDK, such as `DynamoDB`. */
  readonly service: string;
  /** The operation; for Bedrock's models, the last part of the path. */
  readonly operation: string;
  readonly input: unknown;
}
