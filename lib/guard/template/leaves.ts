import { expand } from './expand';
import { isMap } from './node';
import type { Scope } from './scope';

/** One text that a deployed property can hold, with the place of the property. */
export interface Leaf {
  /** JSON pointer from where the walk began. */
  readonly path: string;
  readonly text: string;
}

/**
 * Keys whose text is for people or selects messages: naming a place there moves nothing to it.
 */
const SILENT_KEYS =
  /^(?:.*Description|.*Comment|Tags|TagList|FilterPattern|FilterPolicy|FilterCriteria|EventPattern|MessageFilter)$/i;

/**
 * Every text at any depth, keys included, in every variant that conditions, parameters and mappings allow. Documents
 * inside texts (JSON) are walked like the rest; a `Deny` statement and a `Condition` of a policy aren't, since they
 * only ever forbid.
 */
export function* leaves(node: unknown, scope: Scope, path = ''): Generator<Leaf> {
  for (const value of expand(node, scope)) {
    if (typeof value === 'string') yield* textLeaves(value, scope, path);
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield* leaves(item, scope, `${path}/${index}`);
    } else if (isMap(value)) yield* mapLeaves(value, scope, path);
  }
}

function* mapLeaves(map: Readonly<Record<string, unknown>>, scope: Scope, path: string): Generator<Leaf> {
  const isStatement = map.Effect === 'Allow' || map.Effect === 'Deny';
  if (map.Effect === 'Deny') return;
  for (const [key, child] of Object.entries(map)) {
    if (SILENT_KEYS.test(key) || (isStatement && key === 'Condition')) continue;
    const childPath = `${path}/${escaped(key)}`;
    yield { path: childPath, text: key };
    yield* leaves(child, scope, childPath);
  }
}

function* textLeaves(text: string, scope: Scope, path: string): Generator<Leaf> {
  const document = embeddedJson(text);
  if (document === undefined) yield { path, text };
  // What is inside a text is final: CloudFormation resolves no functions there.
  else yield* leaves(document, { ...scope, template: {} }, path);
}

function embeddedJson(text: string): unknown {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
