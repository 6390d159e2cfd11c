import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnLambdaHook, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { hookPolicy } from '../../config/hook-policy';
import { ResidencyDeclarations } from '../../config/residency-declarations';
import { newLogKey } from '../keys/log-key';
import { requireFinite } from '../shared/require-finite';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { hookExecutionRole } from './hook-execution-role';
import { HookFunction } from './hook-function';
import { requireNames, type StackFilter } from './stack-filter';

/** Construction properties for a ResidencyHook. */
export interface ResidencyHookProps {
  /** The boundary in which stacks may store and process data. */
  readonly boundary: ResidencyBoundary;

  /** The stacks of the account and Region that the hook checks. */
  readonly stacks: StackFilter;

  /**
   * Names of stacks that are deployed without a check although `stacks` includes them; `*` stands for any text.
   *
   * @default - only the hook's own stack, which is always excluded, so that a faulty guard can be repaired
   */
  readonly excludeStackNames?: string[];

  /**
   * Exceptions, the places of your own hosts and buckets, and other boundaries for some stacks. They are deployed with
   * the hook; a template can't add to them. The hook knows a stack in a Stage only by its name, so a row for
   * `Prod/Chat` applies to a stack named `Prod-Chat`.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;

  /**
   * The hook's name, in three parts, unique in the account and Region. Changing the name replaces the hook.
   *
   * @default 'Private::Residency::Guard'
   */
  readonly alias?: string;

  /**
   * The key of the hook's log, in the stack's Region. Its policy must allow CloudWatch Logs to use it, as
   * `ResidencyKey.allowLogGroups()` does.
   *
   * @default - a new ResidencyKey in the same stack
   */
  readonly logKey?: kms.IKey;

  /**
   * Retention of the hook's log. It names stacks and rules, but nothing that a template contains. Must be finite.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Memory of the handler in MB, which also sets its share of a processor and its cost per second.
   *
   * @default 1024
   */
  readonly memorySize?: number;
}

/**
 * Makes CloudFormation call the guard before it creates or updates a stack, and when a change set is created, whichever
 * tool deploys. Templates that the guard refuses or can't check aren't deployed. Deletions aren't checked.
 *
 * The guard sees templates as CloudFormation receives them: parameter values given at deployment only in change sets,
 * exports of other stacks not at all, and macros before they run. So a template with a macro is refused.
 */
export class ResidencyHook extends Construct {
  /** The ARN of the hook. */
  public readonly hookArn: string;

  /** The handler. */
  public readonly handler: lambda.IFunction;

  /** @throws if the Region, the key, the name, an excluded stack name or the log's retention isn't allowed */
  constructor(scope: Construct, id: string, props: ResidencyHookProps) {
    super(scope, id);
    const { boundary, stacks, excludeStackNames = [], alias = 'Private::Residency::Guard' } = props;
    requireInside(this, boundary, 'it checks and logs deployments there');
    requireAlias(this, alias);
    const ownStacks = ownStackNames(this);
    requireNames(`${this.node.path}: 'excludeStackNames'`, excludeStackNames, 50 - ownStacks.length);
    if (props.logKey !== undefined) requireKeyInside(this, boundary, 'logKey', props.logKey);

    const { handler } = new HookFunction(this, 'Handler', {
      policy: hookPolicy(boundary, (props.declarations ?? ResidencyDeclarations.none())._data),
      logKey: props.logKey ?? newLogKey(this, boundary),
      logRetention: requireFinite(
        this,
        props.logRetention ?? logs.RetentionDays.ONE_YEAR,
        'logs record who deployed when',
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
    // CDK's type supports only a longer form. Deletions aren't targets, so a faulty guard can't block them.
    hook.addPropertyOverride('TargetFilters', { Actions: ['CREATE', 'UPDATE'] });
    this.handler = handler;
    this.hookArn = hook.attrHookArn;
  }
}

/** A nested stack is repaired through the stacks above it. */
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
    `${scope.node.path}: 'alias' must have three parts of 2 to 64 letters and digits, and not begin with AWS, because ` +
      `CloudFormation requires this of hooks, got '${alias}'; use a name such as 'Organisation::Residency::Guard'`,
  );
}
