import { isMap, Reference, Unresolved } from './node';
import type { Json } from './parse';
import type { Resource, Selected } from './resource';
import { type ExportedValue, entry, section } from './scope';

/** What a stack set gives the parameters of its template, in all of its instances. */
export function stackSetParameters(resource: Resource, template: Json, stack: string): Map<string, ExportedValue> {
  const common = resource.select('Parameters');
  const lists = [...common, ...resource.select('StackInstancesGroup', '*', 'ParameterOverrides')];
  const rows = [
    ...resource.select('Parameters', '*'),
    ...resource.select('StackInstancesGroup', '*', 'ParameterOverrides', '*'),
  ];
  const open = [...lists, ...rows].find(({ value }) => value instanceof Unresolved || value instanceof Reference);
  const found = new Map<string, ExportedValue>();
  for (const name of Object.keys(section(template, 'Parameters'))) {
    // A list with one variant gives the parameter to every instance, save where it is overridden.
    const isGiven = common.length === 1 && !resource.mayLack('Parameters') && common.some(names(name));
    const values = [
      ...rows.flatMap(({ value }) => (isMap(value) && value.ParameterKey === name ? [value.ParameterValue] : [])),
      ...(isGiven ? [] : defaultsOf(template, name)),
    ];
    if (open !== undefined)
      values.push(new Unresolved(`what '${resource.logicalId}' gives it is known only at deploy`));
    const value = oneOf(values);
    if (value !== undefined) found.set(name, { stack, value, scope: resource.scope });
  }
  return found;
}

const names =
  (name: string) =>
  ({ value }: Selected) =>
    Array.isArray(value) && value.some((row) => isMap(row) && row.ParameterKey === name);

/** What a parameter is where nobody gives it. */
function defaultsOf(template: Json, name: string): unknown[] {
  const parameter = entry(section(template, 'Parameters'), name);
  const value = isMap(parameter) ? parameter.Default : undefined;
  return [value === undefined ? new Unresolved(`parameter '${name}' has no default`) : value];
}

/** A condition that nobody knows leaves each value open. */
const oneOf = (values: readonly unknown[]): unknown =>
  values.reduce((before, value, index) => (index === 0 ? value : { 'Fn::If': ['', before, value] }), undefined);
