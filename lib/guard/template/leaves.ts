import { expand, TooMany } from './expand';
import { MANY } from './hole';
import { isMap } from './node';
import type { Scope } from './scope';

/** Where a leaf stands; written out only for the few that are reported. */
export class LeafPath {
  public constructor(
    private readonly parent: LeafPath | undefined,
    private readonly key: string | number,
  ) {}

  /** Name of the property that it is the value of, or an item of. */
  public get name(): string {
    return typeof this.key === 'string' || this.parent === undefined ? String(this.key) : this.parent.name;
  }

  /** As a JSON pointer. */
  public toString(): string {
    const key = String(this.key).replaceAll('~', '~0').replaceAll('/', '~1');
    return `${this.parent ?? ''}/${key}`;
  }
}

const silent = new Map<string, boolean>();

function isSilent(key: string): boolean {
  const known = silent.get(key);
  if (known !== undefined) return known;
  const answer = SILENT_KEYS.test(key);
  // Keys of templates are few; those of embedded documents need not be.
  if (silent.size >= 10_000) silent.clear();
  silent.set(key, answer);
  return answer;
}

/** Whose names the keys around a text are: those of CloudFormation, of a document inside a text, or of the app itself. */
export type Keys = 'template' | 'document' | 'app';

export type Visit = (text: string, path: LeafPath, keys: Keys) => void;

/**
 * Keys whose text is for people or selects messages: naming a place there moves nothing to it.
 */
const SILENT_KEYS =
  /^(?:.*Description|.*Comment|Blocked(?:Input|Outputs)Messaging|Tags|TagList|FilterPattern|FilterPolicy|FilterCriteria|EventPattern|MessageFilter)$/i;

/** Below these keys every key is a name that the app itself has chosen, and every text a value that it reads. */
const OWN_NAMES = /^(?:Variables|Environment|EnvironmentVariables|Parameters)$/;

/** What the walk knows of the place it is in. */
interface Walk {
  readonly scope: Scope;
  readonly visit: Visit;
  /** Keys of the app mean what it likes; the others mean what CloudFormation or a policy says they mean. */
  readonly keys: Keys;
}

/**
 * Visits every text at any depth, keys included, in every variant that conditions, parameters and mappings allow.
 * Documents inside texts (JSON) are walked like the rest; a `Deny` statement and a `Condition` of a policy aren't, since
 * they only ever forbid.
 *
 * @param keys whose the keys are; those of a custom resource are its author's
 */
export function forEachLeaf(node: unknown, scope: Scope, path: LeafPath, keys: Keys, visit: Visit): void {
  walk(node, path, { scope, visit, keys }, false);
}

function walk(node: unknown, path: LeafPath, how: Walk, statement: boolean): void {
  // Most nodes are final, and asking for their variants would cost more than all the rest.
  if (typeof node === 'string' && !node.includes('{{resolve:')) {
    walkText(node, path, how);
    return;
  }
  for (const value of expand(node, how.scope)) {
    if (typeof value === 'string') walkText(value, path, how);
    else if (value instanceof TooMany) how.visit(MANY, path, how.keys);
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
    if (known && (isSilent(key) || (statement && key === 'Condition'))) continue;
    const child = known && OWN_NAMES.test(key) ? { ...how, keys: 'app' as const } : how;
    next(map[key], childPath, child, key === 'Statement');
  }
}

function walkText(text: string, path: LeafPath, how: Walk): void {
  const document = embeddedJson(text);
  if (document === undefined) how.visit(text, path, how.keys);
  else walkFinal(document, path, { ...how, keys: how.keys === 'app' ? 'app' : 'document' }, false);
}

/** What is inside a text is final: CloudFormation resolves no functions there, and `{"Ref": "x"}` is a map with one key. */
function walkFinal(node: unknown, path: LeafPath, how: Walk, statement: boolean): void {
  if (typeof node === 'string') walkText(node, path, how);
  else if (Array.isArray(node)) {
    for (let index = 0; index < node.length; index++) walkFinal(node[index], new LeafPath(path, index), how, statement);
  } else if (isMap(node)) walkMap(node, path, how, statement, walkFinal);
}

/** A document, or a text that holds one. */
function embeddedJson(text: string): unknown {
  if (!/^\s*["[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
