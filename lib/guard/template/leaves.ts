import { expand } from './expand';
import { isMap } from './node';
import type { Scope } from './scope';

/** Where a leaf stands; written out only for the few that are reported. */
export class LeafPath {
  public constructor(
    private readonly parent: LeafPath | undefined,
    private readonly key: string | number,
  ) {}

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

type Visit = (text: string, path: LeafPath) => void;

/**
 * Keys whose text is for people or selects messages: naming a place there moves nothing to it.
 */
const SILENT_KEYS =
  /^(?:.*Description|.*Comment|Tags|TagList|FilterPattern|FilterPolicy|FilterCriteria|EventPattern|MessageFilter)$/i;

/**
 * Visits every text at any depth, keys included, in every variant that conditions, parameters and mappings allow.
 * Documents inside texts (JSON) are walked like the rest; a `Deny` statement and a `Condition` of a policy aren't, since
 * they only ever forbid.
 */
export function forEachLeaf(node: unknown, scope: Scope, path: LeafPath, visit: Visit): void {
  if (typeof node === 'string') visitText(node, scope, path, visit);
  else if (Array.isArray(node)) visitList(node, scope, path, visit);
  else if (typeof node === 'object' && node !== null) {
    for (const value of expand(node, scope)) {
      if (typeof value === 'string') visitText(value, scope, path, visit);
      else if (Array.isArray(value)) visitList(value, scope, path, visit);
      else if (isMap(value)) visitMap(value, scope, path, visit);
    }
  }
}

function visitList(list: readonly unknown[], scope: Scope, path: LeafPath, visit: Visit): void {
  for (let index = 0; index < list.length; index++) forEachLeaf(list[index], scope, new LeafPath(path, index), visit);
}

function visitMap(map: Readonly<Record<string, unknown>>, scope: Scope, path: LeafPath, visit: Visit): void {
  const { Effect } = map;
  if (Effect === 'Deny') return;
  for (const key of Object.keys(map)) {
    if (isSilent(key) || (Effect === 'Allow' && key === 'Condition')) continue;
    const childPath = new LeafPath(path, key);
    visit(key, childPath);
    forEachLeaf(map[key], scope, childPath, visit);
  }
}

function visitText(text: string, scope: Scope, path: LeafPath, visit: Visit): void {
  const document = embeddedJson(text);
  if (document === undefined) visit(text, path);
  // What is inside a text is final: CloudFormation resolves no functions there.
  else forEachLeaf(document, { ...scope, template: {} }, path, visit);
}

function embeddedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
