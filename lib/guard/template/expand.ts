import { findRegion } from '../../facts/region';
import { decidedCondition } from './condition';
import { gateOf } from './gated-imports';
import { isMap, type Node, NotGiven, Reference, spelled, Unresolved } from './node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from './placeholder';
import { type ExportedValue, entry, outputKey, partitionOf, type Scope, section } from './scope';

/** More combinations than this in one place count as unresolved, which limits the time that one template can take. */
const MAX_COMBINED = 256;
/** The same limit for values that the template lists one by one: they grow only with the template's size. */
const MAX_VALUES = 1024;
/** Longest chain of references that is followed. */
const MAX_DEPTH = 60;
/** Maximum number of nodes that one value may lead to: a short chain that branches at each step can be as long as a deep one. */
const MAX_STEPS = 50_000;
/** Maximum total length of the values of one place. */
const MAX_TEXT = 8_000_000;

/** Values exist, but there are more than the guard can check. */
export class TooMany extends Unresolved {}

/** The deployment's own name: part of the app's names, and not a place when it stands alone. */
class OwnName extends Unresolved {}

/** Steps since the outermost call; calls don't overlap, because nothing here is asynchronous. */
let steps = 0;

/**
 * Every possible value of a node after its own intrinsic function is resolved: each branch of a condition, each allowed
 * value of a parameter, each reachable row of a mapping. None for `AWS::NoValue`.
 */
export function expand(node: unknown, scope: Scope, depth = 0): Node[] {
  return expandAll(node, scope, depth).filter((value) => value !== undefined);
}

/** The same, with `undefined` for each variant in which the node is absent. */
export function expandAll(node: unknown, scope: Scope, depth = 0): (Node | undefined)[] {
  steps = depth === 0 ? 0 : steps + 1;
  if (depth > MAX_DEPTH) return [new TooMany('references form a cycle or nest too deeply')];
  if (steps > MAX_STEPS) return [new TooMany('the value leads to too many others')];
  if (node === null || node === undefined) return [undefined];
  if (typeof node === 'string') return [withDynamicReferences(node)];
  if (typeof node !== 'object') return [node as Node];
  if (node instanceof Unresolved || node instanceof Reference || Array.isArray(node)) return [node as Node];
  const keys = Object.keys(node);
  const name = keys.length === 1 ? (keys[0] as string) : '';
  const argument = (node as Record<string, unknown>)[name];
  const values = FUNCTIONS.get(name)?.(argument, scope, depth + 1) ?? [node as Node];
  return values.length > MAX_VALUES ? [new TooMany(`more than ${MAX_VALUES} values are possible`)] : values;
}

/** Every text that a node can resolve to, with placeholders for unknown parts; none for a variant in which it is absent. */
export function texts(node: unknown, scope: Scope, depth = 0): string[] {
  return textsOrAbsent(node, scope, depth).filter((text) => text !== undefined);
}

function textsOrAbsent(node: unknown, scope: Scope, depth: number): (string | undefined)[] {
  return expandAll(node, scope, depth).flatMap((value): (string | undefined)[] => {
    if (value === undefined) return [undefined];
    if (value instanceof TooMany) return [TOO_MANY];
    if (value instanceof OwnName) return [OWN_VALUE];
    if (value instanceof Unresolved) return [UNRESOLVED];
    if (value instanceof Reference) return [value.isOwnedByApp ? OWN_VALUE : UNRESOLVED];
    if (Array.isArray(value)) return joined(value, ',', scope, depth + 1);
    return isMap(value) ? [UNRESOLVED] : [spelled(value)];
  });
}

type Resolve = (argument: unknown, scope: Scope, depth: number) => (Node | undefined)[];

const FUNCTIONS = new Map<string, Resolve>([
  ['Ref', (name, scope, depth) => ref(spelled(name), scope, depth)],
  ['Fn::GetAtt', (argument, scope) => getAtt(argument, scope)],
  ['Fn::Sub', sub],
  ['Fn::Join', join],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', branches],
  ['Fn::FindInMap', findInMap],
  ['Fn::Base64', (argument, scope, depth) => expandAll(argument, scope, depth)],
  ['Fn::ToJsonString', (argument, scope, depth) => expandAll(argument, scope, depth)],
  ['Fn::GetAZs', zones],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', stackOutput],
  ['Fn::Cidr', () => [OWN_VALUE]],
  ['Fn::Length', () => [OWN_VALUE]],
  ['Fn::Transform', () => [new Unresolved('a macro writes this value at deployment')]],
]);

function ref(name: string, scope: Scope, depth: number): (Node | undefined)[] {
  switch (name) {
    case 'AWS::NoValue':
      return [undefined];
    case 'AWS::Region':
      return [scope.deployRegion ?? OWN_VALUE];
    case 'AWS::Partition':
      return [partitionOf(scope)];
    case 'AWS::URLSuffix':
      return [findRegion(scope.deployRegion ?? '')?.dnsSuffix ?? 'amazonaws.com'];
  }
  if (name === 'AWS::StackName' || name === 'AWS::StackId')
    return [new OwnName(`'${name}' is the stack's name, not a place`)];
  if (name.startsWith('AWS::')) return [OWN_VALUE];
  const parameter = entry(section(scope.template, 'Parameters'), name);
  if (isMap(parameter)) return parameterValues(name, parameter, scope, depth);
  const type = typeOf(name, scope);
  if (type !== undefined) return [new Reference(name, 'Ref', type)];
  return [new Unresolved(`'${name}' is neither a parameter nor a resource of the template`)];
}

function parameterValues(
  name: string,
  parameter: Readonly<Record<string, unknown>>,
  scope: Scope,
  depth: number,
): Node[] {
  const given = scope.parameters?.get(name);
  if (given !== undefined) return valuesElsewhere(given, depth);
  const type = spelled(parameter.Type ?? 'String');
  if (type.startsWith('AWS::SSM::Parameter::Value'))
    return [new Unresolved(`parameter '${name}' is read from Systems Manager at deployment`)];
  const allowed = parameter.AllowedValues;
  const values = Array.isArray(allowed) && allowed.length > 0 ? allowed : [parameter.Default];
  if (values.every((value) => value === undefined || value === null)) {
    return [new Unresolved(`parameter '${name}' has no default and no allowed values`)];
  }
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return values.flatMap((value) => (isList ? [spelled(value).split(',')] : expand(value, scope, depth)));
}

/** The type of a resource in the template; none if there is no such resource. */
function typeOf(logicalId: string, scope: Scope): string | undefined {
  const resource = entry(section(scope.template, 'Resources'), logicalId);
  return isMap(resource) ? spelled(resource.Type) : undefined;
}

function getAtt(argument: unknown, scope: Scope): Node[] {
  const [logicalId, attribute] = Array.isArray(argument)
    ? [spelled(argument[0]), argument.slice(1).map(spelled).join('.')]
    : spelled(argument).split(/\.(.*)/s);
  return [new Reference(logicalId ?? '', attribute ?? '', typeOf(logicalId ?? '', scope))];
}

function sub(argument: unknown, scope: Scope, depth: number): Node[] {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof template !== 'string') return [new Unresolved('Fn::Sub needs a text')];
  const own = isMap(given) ? given : {};
  const known = new Map<string, string[]>();
  const parts = template.split(/\$\{([^${}]*)\}/).map((part, index): string[] => {
    if (index % 2 === 0) return [part];
    if (part.startsWith('!')) return [`\${${part.slice(1)}}`];
    const name = part.trim();
    const values = known.get(name) ?? texts(nameIn(own, name), scope, depth);
    known.set(name, values);
    // An absent value leaves an empty string in the text.
    return values.length > 0 ? values : [''];
  });
  return withEqualRepeats(parts)
    .flatMap((way) => combine(way, ''))
    .map(withDynamicReferences);
}

/**
 * A name that occurs more than once in a text has the same value each time: one list of parts for each value of the repeated
 * name with the most values.
 */
function withEqualRepeats(parts: readonly string[][]): (readonly string[][])[] {
  const repeated = parts.filter((part, index) => part.length > 1 && parts.indexOf(part) < index);
  const [most] = repeated.sort((a, b) => b.length - a.length);
  if (most === undefined) return [parts];
  const count = parts.reduce((ways, part) => (part === most ? ways : ways * part.length), most.length);
  if (count > MAX_COMBINED || count * lengthOfAll(parts) > MAX_TEXT) return [parts];
  return most.map((value) => parts.map((part) => (part === most ? [value] : part)));
}

const lengthOfAll = (parts: readonly string[][]) =>
  parts.reduce((sum, part) => sum + Math.max(0, ...part.map((text) => text.length)), 0);

/** The node that `${name}` in a text refers to. */
function nameIn(own: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(own, name)) return own[name];
  return name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
}

function join(argument: unknown, scope: Scope, depth: number): Node[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::Join needs a list')];
  const [separator, list] = argument;
  return expand(list, scope, depth).flatMap((items): Node[] =>
    Array.isArray(items)
      ? joined(items, spelled(separator), scope, depth).map(withDynamicReferences)
      : [
          items instanceof Reference && items.isOwnedByApp
            ? OWN_VALUE
            : new Unresolved('Fn::Join of a list known only at deployment'),
        ],
  );
}

/** Every way to join a list; an absent item also removes its separator. */
function joined(items: readonly unknown[], separator: string, scope: Scope, depth: number): string[] {
  const lists = items.map((item) =>
    textsOrAbsent(item, scope, depth).map((text) => (text === undefined ? '' : `${separator}${text}`)),
  );
  return combine(lists, '').map((text) => text.slice(separator.length));
}

function select(argument: unknown, scope: Scope, depth: number): Node[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::Select needs a list')];
  const [index, list] = argument;
  const positions = texts(index, scope, depth).map(Number);
  return expand(list, scope, depth).flatMap((items): Node[] => {
    if ((items instanceof Reference && items.isOwnedByApp) || items === OWN_VALUE) return [OWN_VALUE];
    if (!Array.isArray(items)) return [new Unresolved('Fn::Select from a list known only at deployment')];
    const chosen = positions.some(Number.isNaN) ? items : positions.map((position) => items[position]);
    return chosen.flatMap((item) => expand(item, scope, depth));
  });
}

function split(argument: unknown, scope: Scope, depth: number): Node[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::Split needs a text')];
  const [separator, text] = argument;
  // A text that consists only of the deployment's own values splits into such values, but their number is unknown.
  return texts(text, scope, depth).map((value) => (value === OWN_VALUE ? OWN_VALUE : value.split(spelled(separator))));
}

function branches(argument: unknown, scope: Scope, depth: number): (Node | undefined)[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::If needs a condition and two values')];
  const [condition, yes, no] = argument;
  const decided = decidedCondition(spelled(condition), scope);
  return [
    ...(decided === false ? [] : expandAll(yes, scope, depth)),
    ...(decided === true ? [] : expandAll(no, scope, depth)),
  ];
}

function findInMap(argument: unknown, scope: Scope, depth: number): Node[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::FindInMap needs a map and two keys')];
  const [mapName, first, second, options] = argument;
  const maps = section(scope.template, 'Mappings');
  const chosen = rows([maps], texts(mapName, scope, depth));
  const values = rows(rows(chosen, texts(first, scope, depth)), texts(second, scope, depth));
  const fallback = isMap(options) ? expand(options.DefaultValue, scope, depth) : [];
  const found = values.flatMap((value) => expand(value, scope, depth));
  return found.length + fallback.length === 0
    ? [new Unresolved(`no row of mapping '${spelled(mapName)}' fits`)]
    : [...found, ...fallback];
}

/** The distinct entries of some maps under some keys; all entries if a key is known only at deployment. */
function rows(maps: readonly unknown[], keys: readonly string[]): unknown[] {
  // A look-up costs far less than a step.
  steps += Math.floor((maps.length * keys.length) / 100);
  const isOpen = keys.some((key) => [UNRESOLVED, OWN_VALUE, TOO_MANY].some((placeholder) => key.includes(placeholder)));
  const found = new Set(
    maps.filter(isMap).flatMap((map) => (isOpen ? Object.values(map) : keys.map((key) => entry(map, key)))),
  );
  found.delete(undefined);
  return [...found];
}

/** Availability Zone names; which of them an account sees doesn't change their Region. */
function zones(argument: unknown, scope: Scope, depth: number): Node[] {
  return texts(argument ?? '', scope, depth).map((region): Node => {
    const code = region === '' ? (scope.deployRegion ?? OWN_VALUE) : region;
    if (code === OWN_VALUE) return OWN_VALUE;
    if (findRegion(code) === undefined && code !== UNRESOLVED) return [code, code];
    return code === UNRESOLVED
      ? new Unresolved('Fn::GetAZs of a Region known only at deployment')
      : ['a', 'b', 'c'].map((letter) => `${code}${letter}`);
  });
}

function importValue(argument: unknown, scope: Scope, depth: number): Node[] {
  return texts(argument, scope, depth).flatMap((name): Node[] => {
    const exported = scope.exports?.get(name);
    if (exported !== undefined) return valuesElsewhere(exported, depth);
    const gate = gateOf(argument, scope);
    return gate === undefined
      ? [new Unresolved(`no stack in this assembly exports '${name}'`)]
      : [new NotGiven(`it is imported only if parameter '${gate}', which is empty by default, is set`)];
  });
}

/** An output of a stack in the same assembly, in any Region; an output of any other stack stays as written, with its Region. */
function stackOutput(argument: unknown, scope: Scope, depth: number): Node[] {
  const asWritten = [{ 'Fn::GetStackOutput': argument }];
  if (!isMap(argument)) return asWritten;
  const { StackName, Region = scope.deployRegion, OutputName } = argument;
  const output = scope.exports?.get(outputKey(spelled(StackName), spelled(Region), spelled(OutputName)));
  return output === undefined ? asWritten : valuesElsewhere(output, depth);
}

/** The possible values of another template's node; their references belong to that template. */
function valuesElsewhere({ value, scope, stack }: ExportedValue, depth: number): Node[] {
  return expand(value, scope, depth).map((node) =>
    node instanceof Reference ? new Reference(node.logicalId, node.attribute, node.type, node.stack ?? stack) : node,
  );
}

/** CloudFormation fills in `{{resolve:ssm:...}}` at deployment. */
function withDynamicReferences(text: string): Node {
  if (!text.includes('{{resolve:')) return text;
  const rest = text.replace(/\{\{resolve:[^{}]*\}\}/g, UNRESOLVED);
  return rest === UNRESOLVED ? new Unresolved('a dynamic reference is read at deployment') : rest;
}

/** Every combination of one text from each list, in order. */
function combine(lists: readonly (readonly string[])[], separator: string): string[] {
  let result = [''];
  let first = true;
  for (const list of lists) {
    const glue = first ? '' : separator;
    first = false;
    const count = result.length * list.length;
    const most = result.length === 1 || list.length === 1 ? MAX_VALUES : MAX_COMBINED;
    if (count > most || (count > 1 && count * lengthOf(result, list) > MAX_TEXT)) {
      return [lists.map((texts) => (texts.length === 1 ? texts[0] : TOO_MANY)).join(separator)];
    }
    result = result.flatMap((head) => list.map((tail) => `${head}${glue}${tail}`));
  }
  return result;
}

/** The length of the longest text that joins one of each. */
const lengthOf = (heads: readonly string[], tails: readonly string[]) =>
  Math.max(...heads.map((text) => text.length)) + Math.max(...tails.map((text) => text.length));
