import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { Stack, Stage } from 'aws-cdk-lib/core';
import { exceeded } from '../report/limits/exceeded';

const RULE = 'limit-of-aws';

/** Refuses at synthesis what AWS would refuse at deployment, because it exceeds a limit that no account can raise. */
export class LimitsPlugin implements IPolicyValidationPlugin {
  public readonly name: string = 'EuResidencyLimits';
  public readonly ruleIds: string[] = [RULE];

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = context.appConstruct.node.root.node.findAll().filter(Stack.isStack).flatMap(violationsOf);
    return { success: violations.length === 0, violations };
  }
}

function violationsOf(stack: Stack): PolicyViolation[] {
  const file = path.join(Stage.of(stack)?.outdir ?? '.', stack.templateFile);
  return exceeded(JSON.parse(readFileSync(file, 'utf8'))).map(({ logicalId, description, fix }) => ({
    ruleName: RULE,
    description: `${stack.node.path}${logicalId === undefined ? '' : `, ${logicalId}`}: ${description}`,
    fix,
    severity: 'fatal',
    violatingResources: [{ constructPath: stack.node.path, locations: logicalId === undefined ? [] : [logicalId] }],
  }));
}
