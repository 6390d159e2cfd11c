import { typesOf } from '../../facts/resource-class';
import type { ResourceRule } from '../rule/rule';
import type { Resource } from '../template/resource';

export const opaqueType: ResourceRule = {
  id: 'opaque-type',
  title: "No resource deploys content that the guard can't inspect",
  why: 'It runs a template or an extension from elsewhere, so the resources that it creates can be anywhere.',
  fix: 'Define the resources in this app, where the guard checks them, or review what it deploys and add an exception.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry.html',
  appliesTo: typesOf('opaque'),

  *check(resource, { nestedTemplates }) {
    const { type } = resource;
    if (type === 'AWS::Serverless::Application' && isChecked(resource, nestedTemplates)) return;
    yield {
      path: '/Type',
      value: type,
      level: 'unresolved',
      detail: `'${type}' deploys content that this template doesn't show`,
    };
  },
};

/** Whether the template of a SAM application is checked too. */
function isChecked(resource: Resource, nestedTemplates: ReadonlySet<string>): boolean {
  const locations = resource.select('Location');
  return (
    locations.length > 0 &&
    locations.every(({ value }) => typeof value === 'string' && nestedTemplates.has(value.split('/').at(-1) ?? ''))
  );
}
