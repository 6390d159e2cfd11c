import type { ResourceRule } from '../rule/rule';
import { Unresolved } from '../template/node';

export const nestedTemplate: ResourceRule = {
  id: 'nested-template',
  title: 'The templates of nested stacks are checked too',
  why: 'A nested stack deploys another template, which can contain anything.',
  fix: 'Deploy the nested template as an asset of the same app, so that the guard checks it too.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
  appliesTo: ['AWS::CloudFormation::Stack'],

  *check(resource, { nestedTemplates }) {
    const urls = resource.select('TemplateURL');
    if (urls.length === 0) yield { path: '/Properties/TemplateURL', level: 'unresolved', detail: 'no template is set' };
    for (const { path, value } of urls) {
      const key = typeof value === 'string' ? value.split('/').at(-1) : undefined;
      if (key !== undefined && nestedTemplates.has(key)) continue;
      const detail =
        value instanceof Unresolved
          ? `the template can't be decided: ${value.reason}`
          : "the template isn't among those checked";
      yield { path, ...(typeof value === 'string' && { value }), level: 'unresolved', detail };
    }
  },
};
