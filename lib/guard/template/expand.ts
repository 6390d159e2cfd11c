import { findRegion } from '../../facts/region';
import { decidedCondition } from './condition';
import { gateOf } from './gated-imports';
import { MANY, OPEN, OWN } from './hole';
import { isMap, type Node, NotGiven, Reference, spelled, Unresolved } from './node';
import { type ExportedValue, entry, outputKey, partitionOf, type Scope, section } from './scope';

/** More combinations than this at one place count as undecided, so that no template can make the check run for ever. */
const MAX_COMBINED = 256;
/** The same for values that the template itself lists, one by one: they are no more than somebody wrote. */
const MAX_VALUES = 1024;
/** Longest chain of references that is followed. */
const MAX_DEPTH = 60;
/** Most nodes that one value may lead to: a short chain that branches at each step is as long as a deep one. */
const MAX_STEPS = 50_000;
/** Most text that the values of one place may hold together. */
const MAX_TEXT = 8_000_000;

/** Values that are there, and more than can be looked at. */
export class TooMany extends Unresolved {}

/** What the deployment itself is called: a part of names that are the app's own, and no place when it stands alone. */
class OwnName extends Unresolved {}

/** Steps taken since the outermost call; calls don't overlap, since nothing here waits. */
let steps = 0;

/**
 * Every value that a node can have once its own intrinsic function is resolved: each branch of a condition, each allowed
 * value of a parameter, each row of a mapping that can be reached. None for `AWS::NoValue`.
 */
export function expand(node: unknown, scope: Scope, depth = 0): Node[] {
  return expandAll(node, scope, depth).filter((value) => value !== undefined);
}

/** The same with `undefined` for each way in which the node can be absent. */
export function expandAll(node: unknown, scope: Scope, depth = 0): (Node | undefined)[] {
  steps = depth === 0 ? 0 : steps + 1;
  if (depth > MAX_DEPTH) return [new TooMany('references go round in circles or nest too deeply')];
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

/** Every text that a node can resolve to, with holes for what isn't known; none where it is absent. */
export function texts(node: unknown, scope: Scope, depth = 0): string[] {
  return textsOrAbsent(node, scope, depth).filter((text) => text !== undefined);
}

function textsOrAbsent(node: unknown, scope: Scope, depth: number): (string | undefined)[] {
  return expandAll(node, scope, depth).flatMap((value): (string | undefined)[] => {
    if (value === undefined) return [undefined];
    if (value instanceof TooMany) return [MANY];
    if (value instanceof OwnName) return [OWN];
    if (value instanceof Unresolved) return [OPEN];
    if (value instanceof Reference) return [value.isOwn ? OWN : OPEN];
    if (Array.isArray(value)) return joined(value, ',', scope, depth + 1);
    return isMap(value) ? [OPEN] : [spelled(value)];
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
  ['Fn::Cidr', () => [OWN]],
  ['Fn::Length', () => [OWN]],
  ['Fn::Transform', () => [new Unresolved('a macro writes this value at deploy')]],
]);

function ref(name: string, scope: Scope, depth: number): (Node | undefined)[] {
  switch (name) {
    case 'AWS::NoValue':
      return [undefined];
    case 'AWS::Region':
      return [scope.deployRegion ?? OWN];
    case 'AWS::Partition':
      return [partitionOf(scope)];
    case 'AWS::URLSuffix':
      return [findRegion(scope.deployRegion ?? '')?.dnsSuffix ?? 'amazonaws.com'];
  }
  if (name === 'AWS::StackName' || name === 'AWS::StackId')
    return [new OwnName(`'${name}' is what the stack is called, which is no place`)];
  if (name.startsWith('AWS::')) return [OWN];
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
  if (given !== undefined) return elsewhere(given, depth);
  const type = spelled(parameter.Type ?? 'String');
  if (type.startsWith('AWS::SSM::Parameter::Value'))
    return [new Unresolved(`parameter '${name}' is read from Systems Manager at deploy`)];
  const allowed = parameter.AllowedValues;
  const values = Array.isArray(allowed) && allowed.length > 0 ? allowed : [parameter.Default];
  if (values.every((value) => value === undefined || value === null)) {
    return [new Unresolved(`parameter '${name}' has no default and no allowed values`)];
  }
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return values.flatMap((value) => (isList ? [spelled(value).split(',')] : expand(value, scope, depth)));
}

/** The type of a resource of the template; none when there is no such resource. */
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
    // What is absent leaves nothing in the text.
    return values.length > 0 ? values : [''];
  });
  return alike(parts)
    .flatMap((way) => combine(way, ''))
    .map(withDynamicReferences);
}

/**
 * A name that stands in a text more than once has the same value each time: one list of parts for each value of the name that
 * has the most, where that is so.
 */
function alike(parts: readonly string[][]): (readonly string[][])[] {
  const repeated = parts.filter((part, index) => part.length > 1 && parts.indexOf(part) < index);
  const [most] = repeated.sort((a, b) => b.length - a.length);
  if (most === undefined) return [parts];
  const count = parts.reduce((ways, part) => (part === most ? ways : ways * part.length), most.length);
  if (count > MAX_COMBINED || count * lengthOfAll(parts) > MAX_TEXT) return [parts];
  return most.map((value) => parts.map((part) => (part === most ? [value] : part)));
}

const lengthOfAll = (parts: readonly string[][]) =>
  parts.reduce((sum, part) => sum + Math.max(0, ...part.map((text) => text.length)), 0);

/** What `${name}` in a text stands for. */
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
          items instanceof Reference && items.isOwn
            ? OWN
            : new Unresolved('Fn::Join of a list that is known only at deploy'),
        ],
  );
}

/** Every way to join a list; an item that is absent takes its separator with it. */
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
    if ((items instanceof Reference && items.isOwn) || items === OWN) return [OWN];
    if (!Array.isArray(items)) return [new Unresolved('Fn::Select from a list that is known only at deploy')];
    const chosen = positions.some(Number.isNaN) ? items : positions.map((position) => items[position]);
    return chosen.flatMap((item) => expand(item, scope, depth));
  });
}

function split(argument: unknown, scope: Scope, depth: number): Node[] {
  if (!Array.isArray(argument)) return [new Unresolved('Fn::Split needs a text')];
  const [separator, text] = argument;
  // A text of own parts alone splits into own parts, but nobody knows how many.
  return texts(text, scope, depth).map((value) => (value === OWN ? OWN : value.split(spelled(separator))));
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

/** The entries of some maps under some keys, each once; all entries when a key is known only at deploy. */
function rows(maps: readonly unknown[], keys: readonly string[]): unknown[] {
  // A look-up is far less than a step.
  steps += Math.floor((maps.length * keys.length) / 100);
  const isOpen = keys.some((key) => [OPEN, OWN, MANY].some((hole) => key.includes(hole)));
  const found = new Set(
    maps.filter(isMap).flatMap((map) => (isOpen ? Object.values(map) : keys.map((key) => entry(map, key)))),
  );
  found.delete(undefined);
  return [...found];
}

/** The names that Availability Zones have; which of them an account sees doesn't change their Region. */
function zones(argument: unknown, scope: Scope, depth: number): Node[] {
  return texts(argument ?? '', scope, depth).map((region): Node => {
    const code = region === '' ? (scope.deployRegion ?? OWN) : region;
    if (code === OWN) return OWN;
    if (findRegion(code) === undefined && code !== OPEN) return [code, code];
    return code === OPEN
      ? new Unresolved('Fn::GetAZs of a Region that is known only at deploy')
      : ['a', 'b', 'c'].map((letter) => `${code}${letter}`);
  });
}

function importValue(argument: unknown, scope: Scope, depth: number): Node[] {
  return texts(argument, scope, depth).flatMap((name): Node[] => {
    const found = scope.exports?.get(name);
    if (found !== undefined) return elsewhere(found, depth);
    const gate = gateOf(argument, scope);
    return gate === undefined
      ? [new Unresolved(`'${name}' is exported by no stack of this assembly`)]
      : [new NotGiven(`it is imported only if parameter '${gate}' is given, which is empty by default`)];
  });
}

/** An output of a stack of the same assembly, in whichever Region; of any other it stays as it is written, with the Region in it. */
function stackOutput(argument: unknown, scope: Scope, depth: number): Node[] {
  const asWritten = [{ 'Fn::GetStackOutput': argument }];
  if (!isMap(argument)) return asWritten;
  const { StackName, Region = scope.deployRegion, OutputName } = argument;
  const found = scope.exports?.get(outputKey(spelled(StackName), spelled(Region), spelled(OutputName)));
  return found === undefined ? asWritten : elsewhere(found, depth);
}

/** A value of another template; what it refers to is owned there. */
function elsewhere({ value, scope, stack }: ExportedValue, depth: number): Node[] {
  return expand(value, scope, depth).map((found) =>
    found instanceof Reference
      ? new Reference(found.logicalId, found.attribute, found.type, found.stack ?? stack)
      : found,
  );
}

/** `{{resolve:ssm:...}}` is filled in by CloudFormation at deploy. */
function withDynamicReferences(text: string): Node {
  if (!text.includes('{{resolve:')) return text;
  const rest = text.replace(/\{\{resolve:[^{}]*\}\}/g, OPEN);
  return rest === OPEN ? new Unresolved('a dynamic reference is read at deploy') : rest;
}

/** Every way to take one text of each list, in order. */
function combine(lists: readonly (readonly string[])[], separator: string): string[] {
  let result = [''];
  let first = true;
  for (const list of lists) {
    const glue = first ? '' : separator;
    first = false;
    const count = result.length * list.length;
    const most = result.length === 1 || list.length === 1 ? MAX_VALUES : MAX_COMBINED;
    if (count > most || (count > 1 && count * lengthOf(result, list) > MAX_TEXT)) {
      return [lists.map((texts) => (texts.length === 1 ? texts[0] : MANY)).join(separator)];
    }
    result = result.flatMap((head) => list.map((tail) => `${head}${glue}${tail}`));
  }
  return result;
}

/** How long the longest text becomes that joins one of each. */
const lengthOf = (heads: readonly string[], tails: readonly string[]) =>
  Math.max(...heads.map((text) => text.length)) + Math.max(...tails.map((text) => text.length));
