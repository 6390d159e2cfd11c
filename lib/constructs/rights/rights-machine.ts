import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Names, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { RightsActor } from '../../contract/rights';
import { rightsMachineDefinition } from './rights-machine-definition';

/** Construction properties for a RightsMachine. */
export interface RightsMachineProps {
  readonly functions: Readonly<Partial<Record<RightsActor, lambda.IFunction>>>;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/** The actions with which a state machine sets up its log group; they don't support resources. */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/**
 * The state machine that runs the rights jobs of a workspace. It survives a function that fails or times out, waits for
 * days if a job has to, and retries failed steps. It can't reach any store itself.
 */
export class RightsMachine extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: RightsMachineProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const arns = Object.fromEntries(
      Object.entries(props.functions).map(([actor, handler]) => [actor, handler.functionArn]),
    );
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      // With this prefix, Step Functions needs no statement in the account's resource policy for each log group; an
      // account has few.
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      encryptionKey: props.logKey,
      retention: props.logRetention,
      // A log group that outlives its stack would block its name for the next stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Starts the functions that run rights jobs',
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
      inlinePolicies: {
        Jobs: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(arns) }),
            new iam.PolicyStatement({ actions: LOG_DELIVERY, resources: ['*'] }),
          ],
        }),
      },
    });
    const machine = new stepfunctions.CfnStateMachine(this, 'Resource', {
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definition: rightsMachineDefinition(stack.partition, arns),
      loggingConfiguration: {
        level: 'ALL',
        // The name of an execution is the ID of its job, which is enough to find out what happened to it.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
    });
    this.arn = machine.attrArn;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        "log deliveries, with which a state machine sets up its log group, aren't resources that a policy can name",
    });
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SF2',
      reason:
        "X-Ray would store a trace under a key that isn't ours; the log group and the history already say as much, and hold only " +
        'IDs',
    });
  }
}
