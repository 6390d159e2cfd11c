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

/** By these a state machine sets up its log group; they know no resources. */
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
 * The state machine that does the jobs of a workspace's rights: it survives whatever ends a function, waits for days where a job
 * has to, and tries again what failed. It reaches no store itself.
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
      // With this prefix Step Functions needs no statement of its own for each group, of which an account has few.
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      encryptionKey: props.logKey,
      retention: props.logRetention,
      // A group that outlives its stack would keep its name from the next one.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Starts the functions that do jobs of rights',
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
        // The name of an execution is the id of its job; no more is needed to find what happened to it.
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
      },
    });
    this.arn = machine.attrArn;
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'the deliveries of logs, by which a state machine sets up its log group, are no resources that a policy could name',
    });
    Validations.of(machine).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SF2',
      reason:
        'a trace would be kept by X-Ray under a key that is not ours, and say no more than the log group and the history, which ' +
        'hold ids alone',
    });
  }
}
