import type { TemplateInput } from '../../../guard/assembly/template-input';
import type { TemplatePointer } from '../model/pointer';

/** What an assembly has for a pointer. */
export interface InAssembly {
  /** Where it is, as `FILE#/Resources/ID/Properties/...`. */
  readonly found: readonly string[];
  /** Why the pointer doesn't apply; none if it does. */
  readonly missing?: string;
}

/** Looks a pointer up in the templates of an assembly. */
export function inAssembly(pointer: TemplatePointer, templates: readonly TemplateInput[]): InAssembly {
  const { type, at = '', is, without, which } = pointer;
  const all = templates
    .flatMap(({ file, template }) => resourcesOf(template, type).map((one) => ({ file, ...one })))
    .filter(({ resource }) => without === undefined || !isAt(resource, without, undefined));
  const where = ({ file, id }: { file: string; id: string }) => `${file}#/Resources/${id}${at}`;
  if (which === 'none') {
    return all.length === 0
      ? { found: [] }
      : { found: [], missing: `the assembly has ${type}: ${all.map(where).join(', ')}` };
  }
  const matches = all.filter(({ resource }) => isAt(resource, at, is));
  if (matches.length === 0) return { found: [], missing: `no ${type}${at} in the assembly` };
  const others = all.filter((one) => !matches.includes(one));
  if (which === 'every' && others.length > 0) {
    return { found: matches.map(where), missing: `not so at ${others.map(where).join(', ')}` };
  }
  return { found: matches.map(where) };
}

type Map = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null;

const resourcesOf = (template: Map, type: string): { readonly id: string; readonly resource: Map }[] =>
  Object.entries(isMap(template.Resources) ? template.Resources : {}).flatMap(([id, resource]) =>
    isMap(resource) && resource.Type === type ? [{ id, resource }] : [],
  );

function isAt(resource: Map, at: string, is: boolean | string | undefined): boolean {
  let value: unknown = resource;
  for (const key of at.split('/').slice(1)) value = isMap(value) ? value[key] : undefined;
  // YAML templates may have booleans as text.
  return is === undefined ? value !== undefined : `${value}` === `${is}`;
}
