/** The variable with the folder to which requests are recorded. */
export const RECORDS = 'OFFLINE_RECORDS';

/** A request as the code made it. */
export interface RecordedRequest {
  /** The file of the package that made it. */
  readonly file: string;
  /** The name of the SDK's client without `Client`, such as `DynamoDB`. */
  readonly service: string;
  /** The operation; for Bedrock's models, the last part of the path. */
  readonly operation: string;
  readonly input: unknown;
}
