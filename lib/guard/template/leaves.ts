import { expand, TooMany } from './expand';
import { jsonIn, TooDeep } from './nesting';
import { isMap } from './node';
import { TOO_DEEP, TOO_MANY } from './placeholder';
import type { Scope } from './scope';

/** The path of a leaf; converted to text only for the few leaves that are reported. */
export class LeafPath {
  public constructor(
    private readonly parent: LeafPath | undefined,
    private readonly key: string | number,
  ) {}

  /** The path of a JSON pointer. */
  public static of(pointer: string): LeafPath {
    const [first = '', ...others] = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return others.reduce((parent, key) => new LeafPath(parent, key), new LeafPath(undefined, first));
  }

  /** Name of the property whose value, or whose item, it is. */
  public get name(): string {
    return typeof this.key === 'string' || this.parent === undefined ? String(this.key) : this.parent.name;
  }

  /** As a JSON pointer. */
  public toString(): string {
    const key = String(this.key).replaceAll('~', '~0').replaceAll('/', '~1');
    return `${this.parent ?? ''}/${key}`;
  }
}

const ignored = new Map<string, boolean>();

function isIgnored(key: string): boolean {
  const known = ignored.get(key);
  if (known !== undefined) return known;
  const answer = IGNORED_KEYS.test(key);
  // Templates have few distinct keys; embedded documents may have many.
  if (ignored.size >= 10_000) ignored.clear();
  ignored.set(key, answer);
  return answer;
}

/** The origin of the keys around a text: CloudFormation, a document inside a text, or the app itself. */
export type Keys = 'template' | 'document' | 'app';

export type Visit = (text: string, path: LeafPath, keys: Keys) => void;

/** Keys whose text is for people or selects messages: naming a place there sends no data to it. */
const IGNORED_KEYS =
  /^(?:.*Description|.*Comment|Blocked(?:Input|Outputs)Messaging|Tags|TagList|FilterPattern|FilterPolicy|FilterCriteria|EventPattern|MessageFilter)$/i;

/** Below these keys, every key is a name that the app has chosen, and every text is a value that it reads. */
const APP_KEYS = /^(?:Variables|Environment|EnvironmentVariables|Parameters)$/;

/** The context of a walk. */
interface Walk {
  readonly scope: Scope;
  readonly visit: Visit;
  /** The app defines the meaning of its keys; CloudFormation or a policy defines that of the others. */
  readonly keys: Keys;
}

/**
 * Visits every text at any depth, including keys, in every variant that conditions, parameters and mappings allow.
 * Documents inside texts (JSON) are walked like the rest; a policy's `Deny` statements and `Condition`s aren't, because
 * they only forbid.
 *
 * @param keys the origin of the keys; a custom resource's author chooses its keys
 */
export function forEachLeaf(node: unknown, scope: Scope, path: LeafPath, keys: Keys, visit: Visit): void {
  walk(node, path, { scope, visit, keys }, false);
}

function walk(node: unknown, path: LeafPath, how: Walk, statement: boolean): void {
  // Most nodes are final, and expanding their variants would cost more than everything else.
  if (typeof node === 'string' && !node.includes('{{resolve:')) {
    walkText(node, path, how);
    return;
  }
  for (const value of expand(node, how.scope)) {
    if (typeof value === 'string') walkText(value, path, how);
    else if (value instanceof TooMany) how.visit(TOO_MANY, path, how.keys);
    else if (Array.isArray(value)) walkList(value, path, how, statement);
    else if (isMap(value)) walkMap(value, path, how, statement, walk);
  }
}

function walkList(list: readonly unknown[], path: LeafPath, how: Walk, statement: boolean): void {
  for (let index = 0; index < list.length; index++) walk(list[index], new LeafPath(path, index), how, statement);
}

/** @param statement whether the map is a statement of a policy */
function walkMap(
  map: Readonly<Record<string, unknown>>,
  path: LeafPath,
  how: Walk,
  statement: boolean,
  next: typeof walk,
): void {
  if (statement && map.Effect === 'Deny') return;
  for (const key of Object.keys(map)) {
    const childPath = new LeafPath(path, key);
    how.visit(key, childPath, how.keys);
    const known = how.keys !== 'app';
    if (known && (isIgnored(key) || (statement && key === 'Condition'))) continue;
    const child = known && APP_KEYS.test(key) ? { ...how, keys: 'app' as const } : how;
    next(map[key], childPath, child, key === 'Statement');
  }
}

function walkText(text: string, path: LeafPath, how: Walk): void {
  const document = embeddedJson(text);
  if (document === undefined) how.visit(text, path, how.keys);
  else if (document instanceof TooDeep) how.visit(TOO_DEEP, path, how.keys);
  else walkFinal(document, path, { ...how, keys: how.keys === 'app' ? 'app' : 'document' }, false);
}

/** The content of a text is final: CloudFormation resolves no functions in it, and `{"Ref": "x"}` is a map with one key. */
function walkFinal(node: unknown, path: LeafPath, how: Walk, statement: boolean): void {
  if (typeof node === 'string') walkText(node, path, how);
  else if (Array.isArray(node)) {
    for (let index = 0; index < node.length; index++) walkFinal(node[index], new LeafPath(path, index), how, statement);
  } else if (isMap(node)) walkMap(node, path, how, statement, walkFinal);
}

/** A document, or a text that holds one. */
const embeddedJson = (text: string): unknown => (/^\s*["[{]/.test(text) ? jsonIn(text) : undefined);
