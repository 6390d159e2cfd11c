import type { DeclaredLogging } from '../../contract/policies/settings-policy';

/**
 * The destinations to which Bedrock's model invocation logging may write every prompt and answer of the account, in the
 * Region of the stack; at least one of the two.
 */
export interface InvocationLogging {
  /**
   * The name of a bucket of the account.
   *
   * @default - logging must write to no bucket
   */
  readonly bucketName?: string;

  /**
   * The name of a log group of the account.
   *
   * @default - logging must write to no log group
   */
  readonly logGroupName?: string;
}

/** The declaration in the form that the functions read; they check it in one Region. */
export const loggingPolicy = (declared: InvocationLogging | undefined, region: string): DeclaredLogging | undefined =>
  declared && { region, bucket: declared.bucketName, logGroup: declared.logGroupName };
