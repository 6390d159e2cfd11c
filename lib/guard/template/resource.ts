import { decidedCondition } from './condition';
import { expand, expandAll } from './expand';
import { isMacro } from './language-extensions';
import { isMap, type Node, Reference, Unresolved } from './node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from './placeholder';
import { entry, type Scope, section } from './scope';

/** A property's value and its path. */
export interface Selected {
  /** JSON pointer from the resource. */
  readonly path: string;
  readonly value: Node;
}

/** One resource of a template, as deployed. */
export class Resource {
  public constructor(
    public readonly logicalId: string,
    public readonly type: string,
    /** The whole entry of the template: Type, Properties, Metadata, ... */
    public readonly raw: Readonly<Record<string, unknown>>,
    public readonly scope: Scope,
  ) {}

  /**
   * Every possible value of a property; none if it is absent in every variant.
   *
   * @param path property names below `Properties`; `*` stands for every item of a list or map, a number for one item of a list
   */
  public select(...path: string[]): Selected[] {
    const { Properties } = this.raw;
    const [first] = path;
    // Most rules ask for a property that most resources don't have.
    if (first !== undefined && isMap(Properties) && !Object.hasOwn(Properties, first) && !isFunction(Properties))
      return [];
    const selected: Selected[] = [];
    follow(Properties, '/Properties', path, this.scope, selected);
    return selected;
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
 * The resources of a template, in its order, without those that are never created in the deploy Region. One without a type has the empty
 * text as its type. What a macro makes isn't among them.
 */
export function resourcesOf(scope: Scope): Resource[] {
  const resources: Resource[] = [];
  for (const [logicalId, given] of Object.entries(section(scope.template, 'Resources'))) {
    const raw = isMap(given) ? given : {};
    const isTyped = typeof raw.Type === 'string';
    if ((!isTyped && [logicalId, ...Object.keys(raw)].some(isMacro)) || isNeverCreated(raw, scope)) continue;
    resources.push(new Resource(logicalId, isTyped ? (raw.Type as string) : '', raw, scope));
  }
  return resources;
}

const isNeverCreated = ({ Condition }: Readonly<Record<string, unknown>>, scope: Scope) =>
  typeof Condition === 'string' && decidedCondition(Condition, scope) === false;

/** Whether a mapping is an intrinsic function call. */
function isFunction(map: Readonly<Record<string, unknown>>): boolean {
  const [name, ...others] = Object.keys(map);
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}

/** Adds every value at the rest of a path; optimised for very frequent calls with short lists. */
function follow(value: unknown, pointer: string, names: readonly string[], scope: Scope, selected: Selected[]): void {
  const [name, ...rest] = names;
  for (const node of expand(value, scope)) {
    // Everything below a value known only at deployment is also known only at deployment.
    if (name === undefined || node instanceof Unresolved || node instanceof Reference) {
      selected.push({ path: pointer, value: node });
    } else if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) {
        if (name === '*' || name === String(index)) follow(node[index], `${pointer}/${index}`, rest, scope, selected);
      }
    } else if (isMap(node)) {
      const keys = name === '*' ? Object.keys(node) : [name];
      for (const key of keys) follow(entry(node, key), `${pointer}/${escaped(key)}`, rest, scope, selected);
    }
  }
}

const escaped = (key: string) => (/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key);

/** A selected value as text, or none if it is known only at deployment. */
export function knownText(value: Node): string | undefined {
  if (value instanceof Unresolved || value instanceof Reference || isMap(value) || Array.isArray(value))
    return undefined;
  const text = String(value);
  return text.includes(UNRESOLVED) || text.includes(OWN_VALUE) || text.includes(TOO_MANY) ? undefined : text;
}

/** Why a selected value isn't known as text. */
export const whyUnknown = (value: Node): string => (value instanceof Unresolved ? value.reason : 'it is no text');

/** Whether a flag is set; YAML templates also use `yes` and `on`. */
export const isOn = (value: Node): boolean => /^(?:true|yes|on|enabled)$/i.test(knownText(value) ?? '');
