import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type App,
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
  Validations,
} from 'aws-cdk-lib';
import { withoutNames } from './alike';

/**
 * Lets CDK's own validation read one of the templates that differ only in the name of their workspace, and the others only if it finds
 * something in the first. It takes more time than all the rest of a synthesis of many workspaces.
 *
 * @param app an app to which no other `CloudFormationValidatePlugin` is added: CDK allows one
 * @param ids of the workspaces
 */
export function validateAlikeOnce(app: App, ids: readonly string[]): void {
  // What turns CDK's own validation off does so here too.
  if (process.env.CDK_VALIDATION === 'false' || ids.length < 2) return;
  Validations.of(app).addPlugins(new ValidateAlike(ids));
}

class ValidateAlike extends CloudFormationValidatePlugin {
  constructor(private readonly ids: readonly string[]) {
    super();
  }

  public override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { first, alike } = divided(context.stackTemplates, this.ids);
    const report = super.validate(only(context, first));
    const found = new Set(
      report.violations.flatMap(({ violatingResources }) => violatingResources.map(({ templatePath }) => templatePath)),
    );
    const further = [...alike].flatMap(([stack, others]) => (found.has(stack.templatePath) ? others : []));
    if (further.length === 0) return report;
    const { success, violations } = super.validate(only(context, further));
    return { ...report, success: report.success && success, violations: [...report.violations, ...violations] };
  }
}

const only = (
  context: IPolicyValidationContext,
  stackTemplates: PolicyValidationStack[],
): IPolicyValidationContext => ({
  ...context,
  stackTemplates,
  templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
});

/** The first of each set of alike templates, and the others by the first. */
function divided(stacks: readonly PolicyValidationStack[], ids: readonly string[]) {
  const byText = new Map<string, PolicyValidationStack>();
  const alike = new Map<PolicyValidationStack, PolicyValidationStack[]>();
  for (const stack of stacks) {
    const text = textOf(stack, ids);
    const known = byText.get(text);
    if (known === undefined) {
      byText.set(text, stack);
      alike.set(stack, []);
    } else {
      alike.get(known)?.push(stack);
    }
  }
  return { first: [...alike.keys()], alike };
}

/** What a template says, with everything else that the validation reads. */
function textOf(
  { stackConstructPath, templatePath, accountId, region }: PolicyValidationStack,
  ids: readonly string[],
) {
  const [id] = ids.filter((one) => stackConstructPath.endsWith(`-${one}`)).sort((a, b) => b.length - a.length);
  const text =
    id === undefined ? templatePath : withoutNames(readFileSync(templatePath, 'utf8'), stackConstructPath, id);
  return JSON.stringify([accountId, region, createHash('sha256').update(text).digest('hex')]);
}
