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
 * Lets CDK's own validation read two of the templates that differ only in the name of their workspace, those with the shortest and the
 * longest name, and the others only if it finds something in these. It takes more time than all the rest of a synthesis of many workspaces.
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
    const groups = alikeGroups(context.stackTemplates, this.ids).map(divided);
    const report = super.validate(
      only(
        context,
        groups.flatMap(({ read }) => read),
      ),
    );
    const found = new Set(
      report.violations.flatMap(({ violatingResources }) => violatingResources.map(({ templatePath }) => templatePath)),
    );
    const further = groups.flatMap(({ read, others }) =>
      read.some(({ templatePath }) => found.has(templatePath)) ? others : [],
    );
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

/** Alike templates, by the length of the name in them. */
type Alike = readonly { readonly stack: PolicyValidationStack; readonly length: number }[];

function alikeGroups(stacks: readonly PolicyValidationStack[], ids: readonly string[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const stack of stacks) {
    const id = idOf(stack, ids);
    const text = textOf(stack, id);
    groups.set(text, [...(groups.get(text) ?? []), { stack, length: id?.length ?? 0 }]);
  }
  return [...groups.values()];
}

/** Those with the shortest and the longest name, which are read first, and the others. A limit on a length that both keep, all keep. */
function divided(alike: Alike) {
  const byLength = alike.toSorted((a, b) => a.length - b.length);
  const [shortest, longest] = [byLength[0], byLength.at(-1)];
  const read = byLength.filter((one) => one === shortest || (one === longest && one.length !== shortest?.length));
  return {
    read: read.map(({ stack }) => stack),
    others: byLength.filter((one) => !read.includes(one)).map(({ stack }) => stack),
  };
}

/** The workspace of a stack; none for other stacks. */
const idOf = ({ stackConstructPath }: PolicyValidationStack, ids: readonly string[]): string | undefined =>
  ids.filter((one) => stackConstructPath.endsWith(`-${one}`)).sort((a, b) => b.length - a.length)[0];

/** What a template says, with everything else that the validation reads. */
function textOf(
  { stackConstructPath, templatePath, accountId, region }: PolicyValidationStack,
  id: string | undefined,
): string {
  const text =
    id === undefined ? templatePath : withoutNames(readFileSync(templatePath, 'utf8'), stackConstructPath, id);
  return JSON.stringify([accountId, region, createHash('sha256').update(text).digest('hex')]);
}
