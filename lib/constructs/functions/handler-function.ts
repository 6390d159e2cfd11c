import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { HandlerName } from '../../contract/handlers';
import type { Policies } from '../../contract/policies/policies';
import { withHandlerAsset } from './handler-asset';
import { HANDLER_RUNTIME } from './handler-runtime';

/** What one function has of its own; the runtime and the format of logs are the same for all. */
export interface HandlerFunctionProps<N extends HandlerName> extends lambda.FunctionOptions {
  readonly bundle: N;
  /** The policy, in the format that the bundle reads. */
  readonly policy: Policies[N];
  /** @default 'index.handler' */
  readonly handler?: string;
}

/** Adds the function `Function`: a bundle with its policy, which is part of its code. */
export function handlerFunction<N extends HandlerName>(
  scope: Construct,
  { bundle, policy, ...options }: HandlerFunctionProps<N>,
): lambda.Function {
  return withHandlerAsset(
    scope,
    bundle,
    policy,
    (directory, asset) =>
      new lambda.Function(scope, 'Function', {
        ...HANDLER_RUNTIME,
        ...options,
        code: lambda.Code.fromAsset(directory, asset),
      }),
  );
}
