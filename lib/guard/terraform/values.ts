import { isMap, Reference, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import { isKnown, mappingOf } from './cloudformation-type';
import { type Origins, originsOf, type Place } from './origins';
import type { Plan, PlannedResource } from './plan';
import { policyDocument } from './policy-document';
import { isOfAws, isUtility } from './providers';

/**
 * The values of a resource, in which each value that is known only after the plan is applied is a reference to the resource of the
 * plan that it comes from, or unresolved. Values that aren't set are left out.
 */
export function valuesOf(resource: PlannedResource, plan: Plan): Json {
  const { modules, configuration, values, unknown } = resource;
  const place: Place = { plan, modules, forEach: configuration?.for_each_expression };
  const merged = merge(values, unknown, configuration?.expressions, place);
  return isMap(merged) ? merged : {};
}

function merge(value: unknown, unknown: unknown, expression: unknown, place: Place): unknown {
  if (unknown === true) return later(expression, place);
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const [list, open] = [value, unknown].map((side) => (Array.isArray(side) ? side : []));
    const items = Array.from({ length: Math.max(list?.length ?? 0, open?.length ?? 0) }, (_, index) =>
      merge(list?.[index], open?.[index], Array.isArray(expression) ? expression[index] : expression, place),
    );
    return items.length === 0 ? undefined : items;
  }
  if (isMap(value) || isMap(unknown)) {
    const known = isMap(value) ? value : {};
    const open = isMap(unknown) ? unknown : {};
    const result: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(known), ...Object.keys(open)])) {
      // The provider repeats the tags there.
      if (key === 'tags_all') continue;
      const item = merge(own(known, key), own(open, key), inner(expression, key), place);
      if (item !== undefined) result[key] = item;
    }
    return result;
  }
  return value === null || value === '' ? undefined : value;
}

const own = (map: Json, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The expression of an entry: a map that is one expression has no expressions for its entries. */
function inner(expression: unknown, key: string): unknown {
  if (!isMap(expression) || Object.hasOwn(expression, 'references')) return expression;
  return own(expression, key);
}

/** A value that is known only after the plan is applied. */
function later(expression: unknown, place: Place): unknown {
  const origins = originsOf(expression, place);
  const [policy, ...others] = origins.resources;
  if (policy?.type === 'aws_iam_policy_document' && others.length === 0)
    return policyDocument(valuesOf(policy, place.plan));
  return referenceTo(origins) ?? new Unresolved(origins.open ?? LATER);
}

const LATER = 'it is known only after the plan is applied';

function referenceTo({ resources }: Origins): Reference | undefined {
  const all = resources.filter(({ type, provider }) => !isUtility(provider) && !NAMES_NO_PLACE.test(type));
  // A value that one of them may have from elsewhere decides.
  const chosen = all.find((one) => !isOwn(one)) ?? all.find(({ type }) => BUCKET.test(type)) ?? all[0];
  if (chosen === undefined) return undefined;
  return new Reference(chosen.address, 'Ref', isOfAws(chosen.provider) && chosen.mode === 'managed' ? mappingOf(chosen.type).type : chosen.type);
}

const isOwn = ({ type, provider, mode }: PlannedResource) =>
  mode === 'managed' && isOfAws(provider) && isKnown(mappingOf(type).type) && !HOLDS_VALUES.test(type);

/** Types whose attributes are values that someone else sets. */
const HOLDS_VALUES = /^aws_(?:ssm_parameter|secretsmanager_secret_version|cloudformation_stack)$/;
/** Data sources that only name the account, its partition or the provider's Region. */
const NAMES_NO_PLACE = /^aws_(?:caller_identity|partition|region|availability_zones?|canonical_user_id|iam_policy_document)$/;
const BUCKET = /bucket$/;
