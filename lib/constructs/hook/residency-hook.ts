import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnLambdaHook, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ResidencyDeclarations } from '../../config/residency-declarations';
import { ResidencyKey } from '../keys/residency-key';
import { requireFinite } from '../shared/require-finite';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { hookExecutionRole } from './hook-execution-role';
import { HookFunction } from './hook-function';
import { hookPolicy } from './hook-policy';
import { requireNames, type StackFilter } from './stack-filter';

/** Construction properties for a ResidencyHook. */
export interface ResidencyHookProps {
  /** Where stacks may keep and process data. */
  readonly boundary: ResidencyBoundary;

  /** Which stacks of the account and Region are judged. */
  readonly stacks: StackFilter;

  /**
   * Names of stacks that are deployed unjudged although `stacks` holds them; `*` stands for any text.
   *
   * @default - only the hook's own stack, which always is, so that a faulty guard can be repaired
   */
  readonly excludeStackNames?: string[];

  /**
   * What may be in spite of a rule, where your own hosts and buckets are, and other boundaries for some stacks. It is
   * deployed with the hook; nothing that a template says adds to it. A stack in a Stage is known here by its name alone, so a
   * row for `Prod/Chat` holds for a stack named `Prod-Chat`.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;

  /**
   * The hook's name, in three parts. It must be unique in the account and Region; another name is another hook.
   *
   * @default 'Private::Residency::Guard'
   */
  readonly alias?: string;

  /**
   * The key of the hook's log, in the stack's Region. CloudWatch Logs must be allowed to use it, as
   * `ResidencyKey.allowLogGroups()` does.
   *
   * @default - a new ResidencyKey in the same stack
   */
  readonly logKey?: kms.IKey;

  /**
   * How long the hook's log is kept. It names stacks and rules, never what a template holds. Must have an end.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Memory of the handler in MB, and with it its share of a processor.
   *
   * @default 1024
   */
  readonly memorySize?: number;
}

/**
 * Has CloudFormation ask the guard before it creates or updates a stack, and when a change set is made, whatever tool
 * deploys. What the guard refuses, and what it can't judge, isn't deployed. Deletions aren't asked about.
 *
 * It sees templates as they are handed to CloudFormation: values given to parameters at deploy only in change sets, what
 * other stacks export not at all, and macros before they run, so that a template with one is refused.
 */
export class ResidencyHook extends Construct {
  /** The ARN of the hook. */
  public readonly hookArn: string;

  /** The handler. */
  public readonly handler: lambda.IFunction;

  constructor(scope: Construct, id: string, props: ResidencyHookProps) {
    super(scope, id);
    const { boundary, stacks, excludeStackNames = [], alias = 'Private::Residency::Guard' } = props;
    requireInside(this, boundary, 'it judges and logs what is deployed there');
    requireAlias(this, alias);
    const ownStacks = ownStackNames(this);
    requireNames(`${this.node.path}: 'excludeStackNames'`, excludeStackNames, 50 - ownStacks.length);
    if (props.logKey !== undefined) requireKeyInside(this, boundary, 'logKey', props.logKey);

    const { handler } = new HookFunction(this, 'Handler', {
      policy: hookPolicy(boundary, props.declarations ?? ResidencyDeclarations.none()),
      logKey: props.logKey ?? this.newLogKey(boundary),
      logRetention: requireFinite(
        this,
        props.logRetention ?? logs.RetentionDays.ONE_YEAR,
        'logs say who deployed when',
      ),
      memorySize: props.memorySize ?? 1024,
    });
    const hook = new CfnLambdaHook(this, 'Hook', {
      alias,
      lambdaFunction: handler.functionArn,
      executionRole: hookExecutionRole(this, 'ExecutionRole', handler, alias).roleArn,
      failureMode: 'FAIL',
      hookStatus: 'ENABLED',
      targetOperations: ['STACK', 'CHANGE_SET'],
      stackFilters: {
        filteringCriteria: 'ALL',
        stackNames: { include: stacks.names && [...stacks.names], exclude: [...ownStacks, ...excludeStackNames] },
      },
    });
    // CDK's type knows a longer form only. A deletion that isn't asked about can't fail by a faulty guard.
    hook.addPropertyOverride('TargetFilters', { Actions: ['CREATE', 'UPDATE'] });
    this.handler = handler;
    this.hookArn = hook.attrHookArn;
  }

  private newLogKey(boundary: ResidencyBoundary): kms.IKey {
    const key = new ResidencyKey(this, 'LogKey', { boundary, description: `Log of ${this.node.path}` });
    key.allowLogGroups();
    return key.key;
  }
}

/** A stack that is nested is repaired through those above it. */
function ownStackNames(scope: Construct): string[] {
  const names: string[] = [];
  for (let stack: Stack | undefined = Stack.of(scope); stack !== undefined; stack = stack.nestedStackParent) {
    names.push(stack.stackName);
  }
  return names;
}

function requireAlias(scope: Construct, alias: string): void {
  if (/^(?!aws)[a-z0-9]{2,64}::[a-z0-9]{2,64}::[a-z0-9]{2,64}$/i.test(alias)) return;
  throw new Error(
    `${scope.node.path}: 'alias' must be three parts of 2 to 64 letters and digits and not begin with AWS, because ` +
      `CloudFormation names hooks so, got '${alias}'; use a name such as 'Organisation::Residency::Guard'`,
  );
}
