import { jsonIn, TooDeep } from '../../guard/template/nesting';
import { isMap } from '../../guard/template/node';
import type { Json } from '../../guard/template/parse';
import { HookError } from './hook-error';

/**
 * The resources that a change set creates or updates, as a template: CloudFormation sends their properties with every
 * parameter and condition resolved, as it will deploy them. Undefined if the payload lists no changes.
 *
 * @throws HookError if the list doesn't have CloudFormation's form
 */
export function resolvedTemplate(changedResources: unknown): Json | undefined {
  if (changedResources === undefined || changedResources === null) return undefined;
  if (!Array.isArray(changedResources)) throw malformed();
  const deployed = changedResources.filter((change) => !isMap(change) || change.action !== 'DELETE');
  return { Resources: Object.fromEntries(deployed.map(toResource)) };
}

function toResource(change: unknown): [string, Json] {
  if (!isMap(change) || typeof change.logicalResourceId !== 'string' || typeof change.resourceType !== 'string') {
    throw malformed();
  }
  const { logicalResourceId, resourceType, afterContext } = change;
  return [logicalResourceId, { ...parseContext(afterContext), Type: resourceType }];
}

function parseContext(text: unknown): Json {
  // An update of only tags or metadata can omit the properties.
  if (text === null || text === undefined || text === '') return {};
  const value = typeof text === 'string' ? jsonIn(text) : text;
  if (value instanceof TooDeep) throw new HookError('payload-content', value.reason);
  if (!isMap(value)) throw malformed();
  return value;
}

const malformed = () =>
  new HookError(
    'payload-content',
    "the payload's 'changedResources' doesn't have the form that CloudFormation documents",
  );
