import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';

/** A store answered, but not what it was asked. The answer is refused like none, so that nothing is decided by it. */
export class WrongAnswer extends Error {
  public override readonly name = 'WrongAnswer';

  /**
   * @param operation the name of the call
   * @param found what the answer has or lacks, without any value from it
   */
  constructor(operation: string, found: string) {
    super(`the answer to ${operation} ${found}, so it isn't used; try again`);
  }
}

/** What is wrong with an answer; undefined if nothing is. */
export type Found = string | undefined;

/** How the answers of each command are checked, by its name in the SDK. */
export type Checks = Readonly<Record<string, (input: never, output: never) => Found>>;

/** Makes a client throw a `WrongAnswer` if a check finds something wrong. */
export function refuseWrongAnswers(
  stack: Pick<DynamoDBClient['middlewareStack'], 'add'> | Pick<S3Client['middlewareStack'], 'add'>,
  checks: Checks,
): void {
  (stack as DynamoDBClient['middlewareStack']).add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next(args);
        const found = checks[commandName]?.(args.input as never, result.output as never);
        if (found !== undefined) throw new WrongAnswer(commandName.replace(/Command$/, ''), found);
        return result;
      },
    { step: 'initialize', name: 'checkAnswers' },
  );
}
