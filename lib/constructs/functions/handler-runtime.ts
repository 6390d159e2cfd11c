import * as lambda from 'aws-cdk-lib/aws-lambda';

/** What every handler of the package runs on, and how it logs. */
export const HANDLER_RUNTIME = {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  handler: 'index.handler',
  loggingFormat: lambda.LoggingFormat.JSON,
} as const;
