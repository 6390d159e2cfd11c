import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { UsageError } from '../shared/usage-error';
import { assume, outputsOf } from './deployed-stack';

/** The outputs of a stack that name a function and the role that can run it, and the name of the session in the trail. */
export interface FunctionOutputs {
  readonly function: string;
  readonly role: string;
  readonly session: string;
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
  const [name, role] = [outputs[wanted.function], outputs[wanted.role]];
  if (name === undefined || role === undefined) {
    throw new UsageError(
      `stack '${stack}' has no outputs '${wanted.function}' and '${wanted.role}'; deploy it with this version of the package`,
    );
  }
  const client = new LambdaClient({ region, credentials: await assume(role, wanted.session, region) });
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? new Uint8Array()).toString('utf8') || 'null');
  if (FunctionError === undefined) return answer;
  throw new UsageError(`${answer?.errorMessage ?? FunctionError}; see the log of function '${name}' in ${region}`);
}
