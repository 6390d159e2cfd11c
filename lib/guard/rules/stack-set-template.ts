import type { ResourceRule } from '../rule/rule';
import type { Json } from '../template/parse';
import { parseTemplate } from '../template/parse';
import { knownText } from '../template/resource';
import { stackSetParameters } from '../template/stack-set-parameters';

export const stackSetTemplate: ResourceRule = {
  id: 'stack-set-template',
  title: "A stack set's template also stays inside the boundary",
  why: 'A stack set deploys its template to other accounts and Regions.',
  fix: "Fix the template in 'TemplateBody', or put it inline there instead of referencing its URL.",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html',
  appliesTo: ['AWS::CloudFormation::StackSet'],

  *check(resource, { boundary, checkInner, nestedTemplates, stack }) {
    const regions = resource
      .select('StackInstancesGroup', '*', 'Regions', '*')
      .flatMap(({ value }) => knownText(value) ?? []);
    const inside = regions.filter((region) => boundary.containsRegion(region));
    for (const { path, value } of resource.select('TemplateURL')) {
      const key = typeof value === 'string' ? value.split('/').at(-1) : undefined;
      if (key === undefined || !nestedTemplates.has(key))
        yield { path, level: 'unresolved', detail: "the template isn't among those checked" };
    }
    for (const { path, value } of resource.select('TemplateBody')) {
      const template = typeof value === 'string' ? read(value) : undefined;
      if (template === undefined) {
        yield { path, level: 'unresolved', detail: "the template can't be read" };
        continue;
      }
      const parameters = stackSetParameters(resource, template, stack);
      for (const region of inside.length > 0 ? inside : [resource.scope.deployRegion]) {
        for (const finding of checkInner(template, region, parameters)) {
          if (finding.level === 'info') continue;
          const where = `${finding.logicalId ?? 'the template'}${finding.path ?? ''}`;
          yield {
            path,
            value: finding.value,
            level: finding.level,
            detail: `in its template, at ${where}: ${finding.message.replace(/\.$/, '')}`,
            fix: finding.fix,
          };
        }
      }
    }
  },
};

function read(text: string): Json | undefined {
  try {
    return parseTemplate(text);
  } catch {
    return undefined;
  }
}
