import { decidedCondition } from './condition';
import { expand, expandAll } from './expand';
import { MANY, OPEN, OWN } from './hole';
import { isMap, type Node, Reference, Unresolved } from './node';
import { entry, type Scope, section } from './scope';

/** A value of a property, with the place it was read from. */
export interface Selected {
  /** JSON pointer from the resource. */
  readonly path: string;
  readonly value: Node;
}

/** One resource of a template, as it is deployed. */
export class Resource {
  public constructor(
    public readonly logicalId: string,
    public readonly type: string,
    /** The whole entry of the template: Type, Properties, Metadata, ... */
    public readonly raw: Readonly<Record<string, unknown>>,
    public readonly scope: Scope,
  ) {}

  /**
   * Every value that a property can have; none when it is absent in each variant.
   *
   * @param path names of properties below `Properties`; `*` stands for every item of a list or map, a number for one of a list
   */
  public select(...path: string[]): Selected[] {
    const { Properties } = this.raw;
    const [first] = path;
    // Most rules ask for a property that most resources don't have.
    if (first !== undefined && isMap(Properties) && !Object.hasOwn(Properties, first) && !isFunction(Properties))
      return [];
    const found: Selected[] = [];
    follow(Properties, '/Properties', path, this.scope, found);
    return found;
  }

  /** Whether some variant of the resource lacks a property, so that the service's own default applies there. */
  public mayLack(...path: string[]): boolean {
    const parents =
      path.length === 1 ? [{ path: '', value: this.raw.Properties ?? {} }] : this.select(...path.slice(0, -1));
    const name = path.at(-1) as string;
    if (parents.length === 0) return true;
    return parents.some(({ value }) => isMap(value) && expandAll(value[name], this.scope).includes(undefined));
  }
}

/**
 * The resources of a template, in its order. Entries that aren't resources are left out, and those that are never made in
 * the deploy Region.
 */
export function resourcesOf(scope: Scope): Resource[] {
  const resources: Resource[] = [];
  for (const [logicalId, raw] of Object.entries(section(scope.template, 'Resources'))) {
    if (isMap(raw) && typeof raw.Type === 'string' && !isLeftOut(raw, scope))
      resources.push(new Resource(logicalId, raw.Type, raw, scope));
  }
  return resources;
}

const isLeftOut = ({ Condition }: Readonly<Record<string, unknown>>, scope: Scope) =>
  typeof Condition === 'string' && decidedCondition(Condition, scope) === false;

/** Whether a mapping is a call of an intrinsic function. */
function isFunction(map: Readonly<Record<string, unknown>>): boolean {
  const [name, ...others] = Object.keys(map);
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}

/** Adds every value that the rest of a path leads to; made for lists that are short and called very often. */
function follow(value: unknown, pointer: string, names: readonly string[], scope: Scope, found: Selected[]): void {
  const [name, ...rest] = names;
  for (const node of expand(value, scope)) {
    // What is known only at deploy stays so, whatever is asked of it.
    if (name === undefined || node instanceof Unresolved || node instanceof Reference) {
      found.push({ path: pointer, value: node });
    } else if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) {
        if (name === '*' || name === String(index)) follow(node[index], `${pointer}/${index}`, rest, scope, found);
      }
    } else if (isMap(node)) {
      const keys = name === '*' ? Object.keys(node) : [name];
      for (const key of keys) follow(entry(node, key), `${pointer}/${escaped(key)}`, rest, scope, found);
    }
  }
}

const escaped = (key: string) => (/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key);

/** A selected value as text, or none when only the deployment decides it. */
export function knownText(value: Node): string | undefined {
  if (value instanceof Unresolved || value instanceof Reference || isMap(value) || Array.isArray(value))
    return undefined;
  const text = String(value);
  return text.includes(OPEN) || text.includes(OWN) || text.includes(MANY) ? undefined : text;
}

/** Whether a flag is set; templates in YAML also write `yes` and `on`. */
export const isOn = (value: Node): boolean => /^(?:true|yes|on|enabled)$/i.test(knownText(value) ?? '');
