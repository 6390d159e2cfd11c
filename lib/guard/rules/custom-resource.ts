import { isCustomType } from '../rule/declared-places';
import type { ResourceRule } from '../rule/rule';
import { Reference } from '../template/node';

export const customResource: ResourceRule = {
  id: 'custom-resource',
  title: 'A custom resource or hook is handled by a function of the same app',
  why: 'The handler gets every property and can do anything with it; one that is not in the app is not checked.',
  fix: "Define the handler in the same app (its 'ServiceToken' then refers to it), or except the resource by name.",
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html',
  appliesTo: '*',

  *check(resource) {
    const property = resource.type === 'AWS::CloudFormation::LambdaHook' ? 'LambdaFunction' : 'ServiceToken';
    if (property === 'ServiceToken' && !isCustomType(resource.type)) return;
    const tokens = resource.select(property);
    if (tokens.length === 0)
      yield {
        path: `/Properties/${property}`,
        level: 'unresolved',
        detail: `no handler is named: CloudFormation deploys it only with a '${property}', so something adds one first`,
      };
    for (const { path, value } of tokens) {
      if (value instanceof Reference && isFunction(value)) continue;
      yield {
        path,
        ...(typeof value === 'string' && { value }),
        level: 'unresolved',
        detail: 'the handler is not a resource of this app',
      };
    }
  },
};

/** Whether a handler is a function of the app, or an alias or a version of one. SAM makes a function of its own type. */
const isFunction = ({ type = '' }: Reference) =>
  type.startsWith('AWS::Lambda::') || type === 'AWS::Serverless::Function';
