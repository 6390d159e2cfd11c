import { isDeeperThan, jsonIn, MOST_LEVELS, TooDeep } from '../../guard/template/nesting';
import { isMap } from '../../guard/template/node';
import { type Json, parseTemplate } from '../../guard/template/parse';
import { HookError } from './hook-error';
import type { HookRequest } from './hook-event';
import { resolvedTemplate } from './resolved-template';

/** The templates of one operation that are checked. */
export interface Subject {
  readonly template: Json;
  /** The resources that a change set changes, with every parameter filled in. */
  readonly resolved?: Json;
}

/**
 * The templates that an operation would deploy. CloudFormation sends a URL, because an event is too small for a template; if
 * the event itself contains the template, it is read from there.
 *
 * @param fetchPayload reads the content of a URL
 * @throws HookError if there is no template, or it can't be read
 */
export async function subjectOf(
  request: HookRequest,
  fetchPayload: (url: string) => Promise<string>,
): Promise<Subject> {
  const { payload, targetModel } = request.data;
  if (isDeeperThan(request.data, MOST_LEVELS)) throw new HookError('event', new TooDeep().reason);
  if (request.target === 'RESOURCE') return { template: resourceTemplate(request.data) };
  const given = typeof payload === 'string' ? parseJson(await fetchPayload(payload)) : targetModel;
  if (!isMap(given)) {
    throw new HookError('event', "the event has no template: neither 'payload', a URL, nor 'targetModel'");
  }
  return { template: templateOf(given, request), resolved: resolvedTemplate(given.changedResources) };
}

/** With `UsePreviousTemplate`, the previous template is deployed again, so it is checked if there is no new one. */
function templateOf({ template, previousTemplate }: Json, { action }: HookRequest): Json {
  const given = isGiven(template) || action !== 'UPDATE_PRE_PROVISION' ? template : previousTemplate;
  if (!isGiven(given)) throw new HookError('template', "the payload has no 'template'");
  try {
    return parseTemplate(typeof given === 'string' ? given : JSON.stringify(given));
  } catch (error) {
    throw new HookError('template', `the template can't be read: ${(error as Error).message}`);
  }
}

const isGiven = (template: unknown): boolean =>
  typeof template === 'string' ? template.trim() !== '' : isMap(template);

function resourceTemplate({ targetName, targetType, targetLogicalId, targetModel }: Json): Json {
  // Both name the type. If they differ, the deployed type is unknown.
  if (targetType !== 'RESOURCE' && targetType !== targetName)
    throw new HookError('event', "'targetName' and 'targetType' of the event name two types for one resource");
  const properties = isMap(targetModel) ? targetModel.resourceProperties : undefined;
  if (!isMap(properties)) throw new HookError('event', "the event has no 'resourceProperties' of the resource");
  return { Resources: { [String(targetLogicalId)]: { Type: String(targetName), Properties: properties } } };
}

function parseJson(text: string): unknown {
  const payload = jsonIn(text);
  if (payload instanceof TooDeep) throw new HookError('payload-content', payload.reason);
  // The engine's own message quotes the text around the fault.
  if (payload === undefined) throw new HookError('payload-content', 'the payload is not JSON');
  return payload;
}
