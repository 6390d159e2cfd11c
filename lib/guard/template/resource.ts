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
    return follow([{ path: '/Properties', value: Properties }], path, this.scope);
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

/** The resources of a template, in its order. Entries that aren't resources are left out. */
export function resourcesOf(scope: Scope): Resource[] {
  return Object.entries(section(scope.template, 'Resources')).flatMap(([logicalId, raw]) =>
    isMap(raw) && typeof raw.Type === 'string' ? [new Resource(logicalId, raw.Type, raw, scope)] : [],
  );
}

/** Whether a mapping is a call of an intrinsic function. */
function isFunction(map: Readonly<Record<string, unknown>>): boolean {
  const [name, ...others] = Object.keys(map);
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}

function follow(from: { path: string; value: unknown }[], path: readonly string[], scope: Scope): Selected[] {
  const here = from.flatMap(({ path: pointer, value }) =>
    expand(value, scope).map((node) => ({ path: pointer, value: node })),
  );
  const [name, ...rest] = path;
  if (name === undefined) return here;
  const next = here.flatMap(({ path: pointer, value }): { path: string; value: unknown }[] => {
    // What is known only at deploy stays so, whatever is asked of it.
    if (value instanceof Unresolved || value instanceof Reference) return [{ path: pointer, value }];
    if (Array.isArray(value)) {
      return value
        .map((item, index) => ({ path: `${pointer}/${index}`, value: item }))
        .filter((_, index) => name === '*' || name === String(index));
    }
    if (!isMap(value)) return [];
    return (name === '*' ? Object.keys(value) : [name]).map((key) => ({
      path: `${pointer}/${escaped(key)}`,
      value: entry(value, key),
    }));
  });
  const ended = next.filter(({ value }) => value instanceof Unresolved || value instanceof Reference) as Selected[];
  return [
    ...ended,
    ...follow(
      next.filter((item) => !ended.includes(item as Selected)),
      rest,
      scope,
    ),
  ];
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** A selected value as text, or none when only the deployment decides it. */
export function knownText(value: Node): string | undefined {
  if (value instanceof Unresolved || value instanceof Reference || isMap(value) || Array.isArray(value))
    return undefined;
  const text = String(value);
  return text.includes(OPEN) || text.includes(OWN) || text.includes(MANY) ? undefined : text;
}

/** Whether a flag is set; templates in YAML also write `yes` and `on`. */
export const isOn = (value: Node): boolean => /^(?:true|yes|on|enabled)$/i.test(knownText(value) ?? '');
