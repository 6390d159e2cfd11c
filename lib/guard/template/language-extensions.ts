import { expand, texts } from './expand';
import { MANY, OPEN, OWN } from './hole';
import { isMap, Reference, Unresolved } from './node';
import type { Json } from './parse';
import type { Scope } from './scope';

/** The transform whose functions are read instead of refused. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const LOOP = 'Fn::ForEach::';

/** A loop in place of an entry of a mapping. */
export const isLoop = (key: string): boolean => key.startsWith(LOOP);

/** Nodes that the loops of a template may make, far above the 500 resources of a stack, so that none runs for ever. */
const MOST_NODES = 300_000;

/**
 * The template with its loops (`Fn::ForEach`) written out, as CloudFormation does before it deploys. A loop that can't be
 * written out leaves its key with the reason beside its body, in which the identifier stays open: what the body says all
 * the same is judged.
 */
export function unrolled(template: Json, scope: Scope): Json {
  const loops = new Loops(scope);
  return Object.fromEntries(
    Object.entries(template).map(([name, node]) => [name, UNLOOPED.has(name) ? node : loops.write(node)]),
  );
}

/** Sections in which CloudFormation takes no loops. */
const UNLOOPED: ReadonlySet<string> = new Set([
  'Parameters',
  'Mappings',
  'Metadata',
  'Rules',
  'Transform',
  'Description',
]);

type Entries = [string, unknown][];

class Loops {
  private left = MOST_NODES;

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
    if (!Array.isArray(argument)) return [[key, new Unresolved('a loop is an identifier, a list and what it makes')]];
    const [identifier, collection, body] = argument;
    if (typeof identifier !== 'string' || identifier === '' || !isMap(body))
      return [[key, new Unresolved('a loop is an identifier, a list and what it makes')]];
    const { items, open } = this.itemsOf(collection);
    const made = items.flatMap((item) => this.turn(body, identifier, item));
    if (this.left < 0) return [[key, new Unresolved('the loops make more than can be looked at')]];
    if (open === undefined) return made;
    return [[key, new Unresolved(open)], ...made, ...this.turn(body, identifier, undefined)];
  }

  /** One turn of a loop; without an item its identifier stays open. */
  private turn(body: Json, identifier: string, item: string | undefined): Entries {
    if (this.left < 0) return [];
    const written = this.write(this.substitute(body, identifier, item));
    return this.left < 0 || !isMap(written) ? [] : Object.entries(written);
  }

  private itemsOf(collection: unknown): { items: string[]; open?: string } {
    const values = expand(collection, this.scope).flatMap((value) =>
      Array.isArray(value) ? this.flat(value) : [value],
    );
    const items = values.filter((value) => typeof value === 'string' && !hasHole(value)) as string[];
    const open = values.find((value) => typeof value !== 'string' || hasHole(value));
    return { items: [...new Set(items)], ...(open !== undefined && { open: `the list of a loop ${reasonOf(open)}` }) };
  }

  /** The items of a list, those of lists inside it included: a parameter may be one of its items. */
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
      return item === undefined ? opened(node, identifier) : filled(node, identifier, item);
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

/** They keep an open identifier as the keys do that they point to. */
const REFERENCES: ReadonlySet<string> = new Set(['Ref', 'Fn::GetAtt', 'DependsOn', 'Condition']);

/** `&{Name}` is the item without what a logical id can't hold. */
const filled = (text: string, identifier: string, item: string) =>
  text
    .replaceAll(`\${${identifier}}`, () => item)
    .replaceAll(`&{${identifier}}`, () => item.replace(/[^A-Za-z0-9]/g, ''));

const opened = (text: string, identifier: string) =>
  text.replaceAll(`\${${identifier}}`, OPEN).replaceAll(`&{${identifier}}`, OPEN);

/** CloudFormation refuses a template in which two turns make the same key; the second must not hide the first here. */
function withoutClashes(entries: Entries): Entries {
  const seen = new Set<string>();
  return entries.flatMap(([key, value], index): Entries => {
    const clashes = seen.has(key);
    seen.add(key);
    return clashes
      ? [[`${LOOP}${key}#${index}`, new Unresolved(`loops make '${key}' more than once`)]]
      : [[key, value]];
  });
}

const hasHole = (text: string) => text.includes(OPEN) || text.includes(OWN) || text.includes(MANY);

const asText = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);

function reasonOf(value: unknown): string {
  if (value instanceof Unresolved) return `can't be decided: ${value.reason}`;
  if (value instanceof Reference) return `is what '${value.logicalId}' answers at deploy`;
  return typeof value === 'string' && hasHole(value)
    ? 'has items that are known only at deploy'
    : 'is no list of texts';
}
