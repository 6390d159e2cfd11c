import type { DeclaredLogging } from '../../contract/policies/settings-policy';

/**
 * Where Bedrock's model invocation logging may write every prompt and answer of the account, in the Region of the stack. At
 * least one of the two.
 */
export interface InvocationLogging {
  /**
   * The name of a bucket of the account.
   *
   * @default - it may write to no bucket
   */
  readonly bucketName?: string;

  /**
   * The name of a log group of the account.
   *
   * @default - it may write to no log group
   */
  readonly logGroupName?: string;
}

/** The same as the functions read it, which check it in one Region. */
export const loggingPolicy = (declared: InvocationLogging | undefined, region: string): DeclaredLogging | undefined =>
  declared && { region, bucket: declared.bucketName, logGroup: declared.logGroupName };
