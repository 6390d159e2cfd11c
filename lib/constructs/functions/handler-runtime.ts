import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The runtime and log format of every handler of the package. */
export const HANDLER_RUNTIME = {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  handler: 'index.handler',
  loggingFormat: lambda.LoggingFormat.JSON,
} as const;
