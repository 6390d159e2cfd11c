import { isMap, Reference, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import { isKnown, type Mapping, mappingOf } from './cloudformation-type';
import type { Origins, Place } from './followed';
import { namesIn } from './names';
import { originsOf, originsOfArguments } from './origins';
import type { Plan, PlannedResource } from './plan';
import { policyFrom } from './policy';
import { POLICY_DOCUMENT } from './policy-document';
import { isOfAws, isUtility } from './providers';
import { namesRegion } from './region';

/**
 * The values of a resource, in which each value that is known only after the plan is applied is a reference to the resource of the
 * plan that it comes from, or unresolved. Values that aren't set are left out.
 *
 * @param moves pointers to the attributes that rules check
 */
export function valuesOf(resource: PlannedResource, plan: Plan, moves: Mapping['moves'] = {}): Json {
  const { configuration, unknown } = resource;
  const values = namesRegion(resource) ? withoutRegion(resource.values) : resource.values;
  if (unknown === undefined || unknown === null || unknown === false) return setInMap(values);
  const expressions = configuration && (configuration.expressions ?? {});
  const how = new Merging(resource, plan, moves);
  const open = isMap(unknown) ? unknown : everything(values, expressions);
  return mergedMap(values, open, expressions, undefined, how);
}

/** Every attribute as unknown, for a resource of which the plan says so as a whole. */
const everything = (values: Json, expressions: object = {}): Json =>
  Object.fromEntries([...Object.keys(values), ...Object.keys(expressions)].map((name) => [name, true]));

/** The Region is checked once for all resources in it. */
const withoutRegion = ({ region: _, ...others }: Json): Json => others;

/** Blocks that the provider fills in if they aren't written: then all of the block is known only later. */
const COMPUTED_BLOCKS: Readonly<Record<string, RegExp>> = {
  aws_api_gateway_domain_name: /^endpoint_configuration$/,
  aws_api_gateway_rest_api: /^endpoint_configuration$/,
  aws_iam_role: /^inline_policy$/,
  aws_redshift_cluster: /^(?:logging|snapshot_copy)$/,
  aws_s3_bucket: /^(?:logging|replication_configuration)$/,
  aws_secretsmanager_secret: /^replica$/,
};

/** Pairs of blocks of which one is written, and the provider fills in the other one from it. */
const FILLED_IN_FROM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_ssmincidents_replication_set: { region: 'regions', regions: 'region' },
};

/** What the provider sets by itself of a policy document. */
const COMPUTED_OF_POLICY = /^(?:id|json|minified_json)$/;

/** What the values of a resource are merged with, computed for the few names that aren't written. */
class Merging {
  public constructor(
    private readonly resource: PlannedResource,
    private readonly plan: Plan,
    private readonly moves: NonNullable<Mapping['moves']>,
  ) {}

  public get place(): Place {
    const { modules, configuration } = this.resource;
    return { plan: this.plan, modules, forEach: configuration?.for_each_expression };
  }

  /**
   * Whether a name that isn't written is that of a block which may be written as `dynamic`.
   *
   * @param name the names of the blocks around it and its own, without positions
   */
  public isBlock(name: string): boolean {
    const { type } = this.resource;
    if (type === POLICY_DOCUMENT) return !COMPUTED_OF_POLICY.test(name);
    return !COMPUTED_BLOCKS[type]?.test(name) && !this.isFilledIn(name) && namesIn(this.moves).blocks.has(name);
  }

  /** Whether the plan shows the entries from which the provider fills in a block. If it shows none, either block may be written as `dynamic`. */
  private isFilledIn(name: string): boolean {
    const { type, values } = this.resource;
    const written = FILLED_IN_FROM[type]?.[name];
    const entries = written === undefined ? undefined : own(values, written);
    return Array.isArray(entries) && entries.length > 0;
  }

  /** Whether rules check a name, as {@link isBlock} has it. */
  public isChecked(name: string): boolean {
    return this.isBlock(name) || namesIn(this.moves).attributes.has(name);
  }
}

/** The names of the attributes and blocks around a value, without positions; joined only for the few that are looked up. */
interface Step {
  readonly above?: Step;
  readonly name: string;
}

const joinedSteps = (step: Step | undefined): string =>
  step === undefined ? '' : step.above === undefined ? step.name : `${joinedSteps(step.above)}/${step.name}`;

function merge(value: unknown, unknown: unknown, expression: unknown, step: Step | undefined, how: Merging): unknown {
  if (unknown === true) {
    const isLeftOut =
      (expression === NOT_WRITTEN && !how.isBlock(joinedSteps(step))) ||
      (expression === NOT_SHOWN && !how.isChecked(joinedSteps(step)));
    return isLeftOut ? undefined : later(expression, how.place);
  }
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const list = Array.isArray(value) ? value : [];
    const open = Array.isArray(unknown) ? unknown : [];
    const items: unknown[] = [];
    for (let index = 0; index < Math.max(list.length, open.length); index++)
      items.push(
        merge(list[index], open[index], Array.isArray(expression) ? expression[index] : expression, step, how),
      );
    return items.length === 0 ? undefined : items;
  }
  if (isMap(value)) return isMap(unknown) ? mergedMap(value, unknown, expression, step, how) : setInMap(value);
  if (isMap(unknown)) return mergedMap({}, unknown, expression, step, how);
  return value === null || value === '' ? undefined : value;
}

function mergedMap(known: Json, open: Json, expression: unknown, step: Step | undefined, how: Merging): Json {
  const result: Record<string, unknown> = {};
  const add = (key: string, item: unknown, later: unknown) => {
    const merged = merge(item, later, inner(expression, key), { above: step, name: key }, how);
    if (merged !== undefined) result[key] = merged;
  };
  for (const key in known) {
    const later = own(open, key);
    if (later === undefined) put(result, key, known[key]);
    else if (key !== TAGS_OF_PROVIDER) add(key, known[key], later);
  }
  for (const key in open) if (key !== TAGS_OF_PROVIDER && own(known, key) === undefined) add(key, undefined, open[key]);
  return result;
}

/** What is set of a value of which everything is known: most values are, and need no expressions. */
function setIn(value: unknown): unknown {
  if (typeof value !== 'object') return value === '' ? undefined : value;
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(setIn);
  return setInMap(value as Json);
}

function setInMap(values: Json): Json {
  const result: Record<string, unknown> = {};
  for (const key in values) put(result, key, values[key]);
  return result;
}

function put(result: Record<string, unknown>, key: string, value: unknown): void {
  const item = key === TAGS_OF_PROVIDER && typeof value === 'object' ? undefined : setIn(value);
  if (item !== undefined) result[key] = item;
}

/** The provider repeats the tags there. */
const TAGS_OF_PROVIDER = 'tags_all';

/** In place of the expression of an attribute that isn't written, so that the service sets its value. */
const NOT_WRITTEN = Symbol('not written');

/** In place of the expressions in a block that has entries but isn't written: a `dynamic` block writes it. */
const NOT_SHOWN = Symbol('not shown');

/** The own value of a key; most keys have none, and need no further look. */
function own(map: Json, key: string): unknown {
  const value = map[key];
  return value !== undefined && Object.hasOwn(map, key) ? value : undefined;
}

/** The expression of an entry: a map that is one expression has no expressions for its entries. */
function inner(expression: unknown, key: string): unknown {
  if (expression === NOT_WRITTEN) return NOT_SHOWN;
  if (!isMap(expression) || Object.hasOwn(expression, 'references')) return expression;
  return Object.hasOwn(expression, key) ? expression[key] : NOT_WRITTEN;
}

/** A value that is known only after the plan is applied. */
function later(expression: unknown, place: Place): unknown {
  const isShown = typeof expression === 'object' && expression !== null;
  const origins = isShown ? originsOf(expression, place) : originsOfArguments(place);
  const policy = isShown ? policyFrom(origins, (document) => valuesOf(document, place.plan)) : undefined;
  if (policy !== undefined) return policy;
  // What a dynamic block contains isn't shown, so all that it can come from counts.
  if (!isShown && origins.open !== undefined) return new Unresolved(origins.open);
  return referenceTo(origins) ?? new Unresolved(origins.open ?? LATER);
}

const LATER = 'it is known only after the plan is applied';

function referenceTo({ resources }: Origins): Reference | undefined {
  const all = resources.filter(({ type, provider }) => !isUtility(provider) && !NAMES_NO_PLACE.test(type));
  // A value that one of them may have from elsewhere decides.
  const chosen = all.find((one) => !isOwn(one)) ?? all.find(({ type }) => BUCKET.test(type)) ?? all[0];
  if (chosen === undefined) return undefined;
  return new Reference(
    chosen.address,
    'Ref',
    isOfAws(chosen.provider) && chosen.mode === 'managed' ? mappingOf(chosen.type).type : chosen.type,
  );
}

const isOwn = ({ type, provider, mode }: PlannedResource) =>
  mode === 'managed' && isOfAws(provider) && isKnown(mappingOf(type).type) && !HOLDS_VALUES.test(type);

/** Types whose attributes are values that someone else sets. */
const HOLDS_VALUES = /^aws_(?:ssm_parameter|secretsmanager_secret_version|cloudformation_stack)$/;
/** Data sources that only name the account, its partition or the provider's Region. */
const NAMES_NO_PLACE =
  /^aws_(?:caller_identity|partition|region|availability_zones?|canonical_user_id|iam_policy_document)$/;
const BUCKET = /bucket$/;
