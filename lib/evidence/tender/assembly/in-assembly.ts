import type { TemplateInput } from '../../../guard/assembly/template-input';
import type { TemplatePointer } from '../model/template-pointer';

/** What an assembly has for a pointer. */
export interface InAssembly {
  /** Where it is, as `FILE#/Resources/ID/Properties/...`. */
  readonly found: readonly string[];
  /** Why the pointer doesn't apply; none if it does. */
  readonly missing?: string;
}

/** Looks a pointer up in the templates of an assembly. */
export function inAssembly(pointer: TemplatePointer, templates: readonly TemplateInput[]): InAssembly {
  const { type, at = '', is, without, named, by, inTemplatesWith, inTemplatesWithout, which } = pointer;
  const has = (template: Map, other: string) => resourcesOf(template, other).length > 0;
  const all = templates
    .filter(
      ({ template }) =>
        (inTemplatesWith === undefined || has(template, inTemplatesWith)) &&
        (inTemplatesWithout === undefined || !has(template, inTemplatesWithout)),
    )
    .flatMap(({ file, template }) => resourcesOf(template, type).map((one) => ({ file, template, ...one })))
    .filter(({ id, resource }) => (named?.test(id) ?? true) && (without === undefined || !isAt(resource, without)));
  const where = ({ file, id }: { file: string; id: string }) => `${file}#/Resources/${id}${at}`;
  const matches = all.filter(
    ({ template, id, resource }) => isAt(resource, at, is) && (by === undefined || isNamedBy(template, by, id)),
  );
  if (which === 'none') {
    return matches.length === 0
      ? { found: [] }
      : { found: [], missing: `the assembly has ${type}: ${matches.map(where).join(', ')}` };
  }
  if (matches.length === 0) {
    return {
      found: [],
      missing: `no ${type}${at}${named === undefined ? '' : ` named ${named.source}`} in the assembly`,
    };
  }
  const others = all.filter((one) => !matches.includes(one));
  if (which === 'every' && others.length > 0) {
    const what = by === undefined ? 'not so at' : `no ${by} for`;
    return { found: matches.map(where), missing: `${what} ${others.map(where).join(', ')}` };
  }
  return { found: matches.map(where) };
}

type Map = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null;

const resourcesOf = (template: Map, type: string): { readonly id: string; readonly resource: Map }[] =>
  Object.entries(isMap(template.Resources) ? template.Resources : {}).flatMap(([id, resource]) =>
    isMap(resource) && resource.Type === type ? [{ id, resource }] : [],
  );

/** Whether a resource of a type refers to a logical ID. */
const isNamedBy = (template: Map, type: string, id: string): boolean =>
  resourcesOf(template, type).some(({ resource }) => valuesOf(resource).includes(id));

const valuesOf = (value: unknown): unknown[] => (isMap(value) ? Object.values(value).flatMap(valuesOf) : [value]);

function isAt(resource: Map, at: string, is?: TemplatePointer['is']): boolean {
  let values: unknown[] = [resource];
  for (const key of at.split('/').slice(1)) {
    values = values.filter(isMap).flatMap((value) => (key === '*' ? Object.values(value) : [value[key]]));
  }
  return values.some((value) => {
    if (is === undefined) return value !== undefined;
    // YAML templates may have booleans as text.
    return is instanceof RegExp ? typeof value === 'string' && is.test(value) : `${value}` === `${is}`;
  });
}
