import { expand, texts } from './expand';
import { isMap, Reference, Unresolved } from './node';
import type { Json } from './parse';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from './placeholder';
import type { Scope } from './scope';

/** The transform whose functions the guard evaluates instead of refusing them. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const LOOP = 'Fn::ForEach::';

/** Whether a mapping's key is a loop instead of an ordinary entry. */
export const isLoop = (key: string): boolean => key.startsWith(LOOP);

/** Whether a mapping's key is a macro, of which only CloudFormation knows what it makes, or a loop. */
export const isMacro = (key: string): boolean => key === 'Fn::Transform' || isLoop(key);

/** Maximum number of nodes that a template's loops may generate, far above the 500 resources of a stack, to limit the time. */
const MAX_NODES = 300_000;

/**
 * The template with its loops (`Fn::ForEach`) unrolled, as CloudFormation does before it deploys. A loop that can't be
 * unrolled leaves its key, with the reason, next to its body, in which the identifier is a placeholder: the rest of the body
 * is still checked.
 */
export function unrolled(template: Json, scope: Scope): Json {
  const loops = new Loops(scope);
  return Object.fromEntries(
    Object.entries(template).map(([name, node]) => [name, UNLOOPED.has(name) ? node : loops.write(node)]),
  );
}

/** Sections in which CloudFormation doesn't accept loops. */
const UNLOOPED: ReadonlySet<string> = new Set([
  'Parameters',
  'Mappings',
  'Metadata',
  'Rules',
  'Transform',
  'Description',
]);

const LOOP_FORM = 'a loop needs an identifier, a list and an output mapping';

type Entries = [string, unknown][];

class Loops {
  private left = MAX_NODES;

  public constructor(private readonly scope: Scope) {}

  public write(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.write(item));
    if (!isMap(node)) return node;
    const entries = Object.entries(node).flatMap(
      ([key, child]): Entries => (isLoop(key) ? this.loop(key, child) : [[key, this.write(child)]]),
    );
    return Object.fromEntries(withoutClashes(entries));
  }

  private loop(key: string, argument: unknown): Entries {
    if (!Array.isArray(argument)) return [[key, new Unresolved(LOOP_FORM)]];
    const [identifier, collection, body] = argument;
    if (typeof identifier !== 'string' || identifier === '' || !isMap(body)) return [[key, new Unresolved(LOOP_FORM)]];
    const { items, unresolved } = this.itemsOf(collection);
    const generated = items.flatMap((item) => this.iteration(body, identifier, item));
    if (this.left < 0) return [[key, new Unresolved('the loops generate more than the guard can check')]];
    if (unresolved === undefined) return generated;
    return [[key, new Unresolved(unresolved)], ...generated, ...this.iteration(body, identifier, undefined)];
  }

  /** One iteration of a loop; without an item, its identifier becomes a placeholder. */
  private iteration(body: Json, identifier: string, item: string | undefined): Entries {
    if (this.left < 0) return [];
    const written = this.write(this.substitute(body, identifier, item));
    return this.left < 0 || !isMap(written) ? [] : Object.entries(written);
  }

  private itemsOf(collection: unknown): { items: string[]; unresolved?: string } {
    const values = expand(collection, this.scope).flatMap((value) =>
      Array.isArray(value) ? this.flat(value) : [value],
    );
    const items = values.filter((value) => typeof value === 'string' && !hasPlaceholder(value)) as string[];
    const unknown = values.find((value) => typeof value !== 'string' || hasPlaceholder(value));
    return {
      items: [...new Set(items)],
      ...(unknown !== undefined && { unresolved: `the list of a loop ${reasonOf(unknown)}` }),
    };
  }

  /** The items of a list, including those of nested lists: a parameter may be one of its items. */
  private flat(list: readonly unknown[]): unknown[] {
    return list.flatMap((item) =>
      expand(item, this.scope).flatMap((value): unknown[] =>
        Array.isArray(value) ? value.flatMap((inner) => texts(inner, this.scope)) : [asText(value)],
      ),
    );
  }

  private substitute(node: unknown, identifier: string, item: string | undefined): unknown {
    this.left -= 1;
    if (this.left < 0) return undefined;
    if (typeof node === 'string') {
      this.left -= node.length >> 6;
      return item === undefined ? unresolvedIn(node, identifier) : filled(node, identifier, item);
    }
    if (Array.isArray(node)) return node.map((child) => this.substitute(child, identifier, item));
    if (!isMap(node)) return node;
    const keys = Object.keys(node);
    if (keys.length === 1 && node.Ref === identifier && item !== undefined) return item;
    return Object.fromEntries(
      keys.map((key) => [
        item === undefined ? key : filled(key, identifier, item),
        item === undefined && REFERENCES.has(key) ? node[key] : this.substitute(node[key], identifier, item),
      ]),
    );
  }
}

/** Keys whose arguments keep an unresolved identifier, as do the keys that they refer to. */
const REFERENCES: ReadonlySet<string> = new Set(['Ref', 'Fn::GetAtt', 'DependsOn', 'Condition']);

/** `&{Name}` is the item without the characters that a logical id can't contain. */
const filled = (text: string, identifier: string, item: string) =>
  text
    .replaceAll(`\${${identifier}}`, () => item)
    .replaceAll(`&{${identifier}}`, () => item.replace(/[^A-Za-z0-9]/g, ''));

const unresolvedIn = (text: string, identifier: string) =>
  text.replaceAll(`\${${identifier}}`, UNRESOLVED).replaceAll(`&{${identifier}}`, UNRESOLVED);

/** CloudFormation refuses a template in which two iterations generate the same key; here the second mustn't hide the first. */
function withoutClashes(entries: Entries): Entries {
  const seen = new Set<string>();
  return entries.flatMap(([key, value], index): Entries => {
    const clashes = seen.has(key);
    seen.add(key);
    return clashes
      ? [[`${LOOP}${key}#${index}`, new Unresolved(`loops generate '${key}' more than once`)]]
      : [[key, value]];
  });
}

const hasPlaceholder = (text: string) =>
  text.includes(UNRESOLVED) || text.includes(OWN_VALUE) || text.includes(TOO_MANY);

const asText = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);

function reasonOf(value: unknown): string {
  if (value instanceof Unresolved) return `can't be decided: ${value.reason}`;
  if (value instanceof Reference) return `is returned by '${value.logicalId}' at deployment`;
  return typeof value === 'string' && hasPlaceholder(value)
    ? 'has items known only at deployment'
    : "isn't a list of strings";
}
