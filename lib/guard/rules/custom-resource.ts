import { isCustomType } from '../rule/declared-places';
import type { ResourceRule } from '../rule/rule';
import { Reference } from '../template/node';

export const customResource: ResourceRule = {
  id: 'custom-resource',
  title: 'A function in the same app handles each custom resource and hook',
  why: "The handler receives every property and can do anything with it; a handler that isn't in the app isn't checked.",
  fix: "Define the handler in the same app (so that 'ServiceToken' refers to it), or add an exception for this resource.",
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
        detail: `no handler is set: CloudFormation deploys it only with a '${property}', so something adds one before deployment`,
      };
    for (const { path, value } of tokens) {
      if (value instanceof Reference && isFunction(value)) continue;
      yield {
        path,
        ...(typeof value === 'string' && { value }),
        level: 'unresolved',
        detail: "the handler isn't a resource in this app",
      };
    }
  },
};

/** Whether a handler is a function in the app, or an alias or version of one. SAM functions have a type of their own. */
const isFunction = ({ type = '' }: Reference) =>
  type.startsWith('AWS::Lambda::') || type === 'AWS::Serverless::Function';
