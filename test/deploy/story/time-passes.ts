import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { paginateListExecutions, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Deployed } from '../machine/deployed';
import { type Context, WORKSPACE } from '../read-back/context';

/** What jobs of rights wait for is over: their rows say that it was minutes ago, and executions that wait are stopped. */
export async function timePasses({ aws, deployed }: Context, jobs: readonly string[]): Promise<void> {
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

/** The function that looks by the hour for jobs that stopped is invoked, as its schedule does it. */
export async function tended({ aws, deployed }: Context): Promise<void> {
  const FunctionName = deployed.one('AWS::Lambda::Function', `${WORKSPACE}/Rights/Tend`).physicalId;
  const { FunctionError, Payload } = await aws.lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from('{"source":"aws.events"}') }),
  );
  assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
}

/** Another execution of a job, as the function that looks by the hour begins it, which does so once a minute at most. */
export async function goOn({ aws, deployed }: Context, job: string): Promise<void> {
  // Whoever's turn it isn't says whose it is.
  const input = JSON.stringify({ job, actor: 'eraser' });
  const stateMachineArn = machineOf(deployed);
  await aws.sfn.send(new StartExecutionCommand({ stateMachineArn, name: `${job}-${randomUUID().slice(0, 8)}`, input }));
}

const machineOf = (deployed: Deployed): string =>
  deployed.one('AWS::StepFunctions::StateMachine', `${WORKSPACE}/Rights`).physicalId;
