import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { UsageError } from '../shared/usage-error';
import { assume, outputsOf } from './deployed-stack';

/** The output of a stack that names a function, and how to run it. */
export interface FunctionOutputs {
  readonly function: string;
  /**
   * The output that names the role that can run it, and the name of the session in the trail.
   *
   * @default - none: the caller's own permissions decide
   */
  readonly as?: { readonly role: string; readonly session: string };
}

/**
 * The answer of a deployment's function, with the credentials and the endpoints that the AWS SDK finds.
 *
 * @throws UsageError if the stack has no such function, or the function failed
 */
export async function runFunction(
  stack: string,
  region: string,
  wanted: FunctionOutputs,
  event: object,
): Promise<unknown> {
  const outputs = await outputsOf(stack, region);
  const named = (output: string): string => {
    const value = outputs[output];
    if (value !== undefined) return value;
    throw new UsageError(`stack '${stack}' has no output '${output}'; deploy it with this version of the package`);
  };
  const name = named(wanted.function);
  const credentials = wanted.as && (await assume(named(wanted.as.role), wanted.as.session, region));
  const client = new LambdaClient({ region, credentials });
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? new Uint8Array()).toString('utf8') || 'null');
  if (FunctionError === undefined) return answer;
  throw new UsageError(`${answer?.errorMessage ?? FunctionError}; see the log of function '${name}' in ${region}`);
}
