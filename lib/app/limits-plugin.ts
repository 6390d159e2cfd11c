import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { Stack, Stage } from 'aws-cdk-lib/core';
import type { AwsLimitName } from '../facts/aws-limits';
import { type Exceeded, exceeded } from '../report/limits/exceeded';

const RULE = 'limit-of-aws';

/** Refuses at synthesis what AWS would refuse at deployment, because it exceeds a limit that no account can raise. */
export class LimitsPlugin implements IPolicyValidationPlugin {
  public readonly name: string = 'EuResidencyLimits';
  public readonly ruleIds: string[] = [RULE];

  /** @param declared the stacks that `residency.yaml` declares; others of the app are a user's own */
  constructor(private readonly declared: () => readonly Stack[]) {}

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const declared = new Set(this.declared());
    const violations = context.appConstruct.node.root.node
      .findAll()
      .filter(Stack.isStack)
      .flatMap((stack) => violationsOf(stack, declared.has(stack) ? fixInFile : fixInStack));
    return { success: violations.length === 0, violations };
  }
}

function violationsOf(stack: Stack, fixOf: (one: Exceeded) => string): PolicyViolation[] {
  return exceededIn(stack).map((one) => {
    const { logicalId, description } = one;
    return {
      ruleName: RULE,
      description: `${stack.node.path}${logicalId === undefined ? '' : `, ${logicalId}`}: ${description}`,
      fix: fixOf(one),
      severity: 'fatal',
      violatingResources: [{ constructPath: stack.node.path, locations: logicalId === undefined ? [] : [logicalId] }],
    };
  });
}

function exceededIn(stack: Stack): Exceeded[] {
  try {
    return exceeded(readFileSync(path.join(Stage.of(stack)?.outdir ?? '.', stack.templateFile), 'utf8'));
  } catch (cause) {
    throw new Error(`${stack.node.path}: the stack's template can't be compared with AWS's limits`, { cause });
  }
}

const fixInFile = ({ limit }: Exceeded): string => FIXES[limit] ?? DIVIDE;

const DIVIDE =
  "divide the tenants between two deployments: move some workspaces to a second residency.yaml with another 'name'. A workspace " +
  'that is deployed already must stay where its content is';

const FIXES: Partial<Record<AwsLimitName, string>> = {
  endpointPolicy:
    "name fewer models in residency.yaml, or divide the tenants between two deployments with different 'name's",
  inlinePolicies: 'name fewer models for this tenant in residency.yaml',
  variables: 'use shorter names in residency.yaml',
};

const fixInStack = ({ logicalId }: Exceeded): string =>
  logicalId === undefined ? 'divide the stack' : 'shorten it, or divide it between two resources';
