import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { paginateListExecutions, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Deployed } from '../harness/deployed';
import { type Context, WORKSPACE } from '../read-back/context';

/** Ends the waits of rights jobs: their rows get a time that is minutes ago, and waiting executions are stopped. */
export async function endWaits({ aws, deployed }: Context, jobs: readonly string[]): Promise<void> {
  const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId;
  const running = { stateMachineArn: machineOf(deployed), statusFilter: 'RUNNING' } as const;
  for await (const { executions = [] } of paginateListExecutions({ client: aws.sfn }, running)) {
    for (const { executionArn, name = '' } of executions) {
      if (jobs.some((id) => name.startsWith(id))) await aws.sfn.send(new StopExecutionCommand({ executionArn }));
    }
  }
  for (const id of jobs) {
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: 'rights' }, sk: { S: `job#${id}` } },
        UpdateExpression: 'SET notBefore = :earlier, #at = :earlier',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':earlier': { N: `${Date.now() - 600_000}` } },
      }),
    );
  }
}

/** Invokes the hourly function that resumes stalled jobs, with the event of its schedule. */
export async function resumeStalledJobs({ aws, deployed }: Context): Promise<void> {
  const FunctionName = deployed.one('AWS::Lambda::Function', `${WORKSPACE}/Rights/Tend`).physicalId;
  const { FunctionError, Payload } = await aws.lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from('{"source":"aws.events"}') }),
  );
  assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
}

/** Starts another execution of a job, as the hourly function does. That function would start it at most once per minute. */
export async function startExecution({ aws, deployed }: Context, job: string): Promise<void> {
  // An actor that isn't the next one returns the actor that is.
  const input = JSON.stringify({ job, actor: 'eraser' });
  const stateMachineArn = machineOf(deployed);
  await aws.sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${job}-${randomUUID().slice(0, 8)}`, input }));
}

const machineOf = (deployed: Deployed): string =>
  deployed.one('AWS::StepFunctions::StateMachine', `${WORKSPACE}/Rights`).physicalId;
