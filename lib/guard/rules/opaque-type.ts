import { typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';
import type { Resource } from '../template/resource';

export const opaqueType: ResourceRule = {
  id: 'opaque-type',
  title: 'Nothing deploys what can not be seen',
  why: 'It runs a template or an extension that comes from elsewhere, so what it makes can be anywhere.',
  fix: 'Put the resources into this app, where they are checked, or except it by name after looking at what it deploys.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry.html',
  appliesTo: typesOf('opaque'),

  *check(resource, { nestedTemplates }) {
    const { type } = resource;
    if (type === 'AWS::Serverless::Application' && isChecked(resource, nestedTemplates)) return;
    yield {
      path: '/Type',
      value: type,
      level: 'unresolved',
      detail: `'${type}' deploys what this template does not show`,
    };
  },
};

/** Whether an application of SAM is a template that is checked as well. */
function isChecked(resource: Resource, nestedTemplates: ReadonlySet<string>): boolean {
  const locations = resource.select('Location');
  return (
    locations.length > 0 &&
    locations.every(({ value }) => typeof value === 'string' && nestedTemplates.has(value.split('/').at(-1) ?? ''))
  );
}
