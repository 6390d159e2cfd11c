import { isMap, Reference, Unresolved } from './node';
import type { Json } from './parse';
import type { Resource, Selected } from './resource';
import { type ExportedValue, entry, section } from './scope';

/** The parameter values that a stack set passes to its template, across all instances. */
export function stackSetParameters(resource: Resource, template: Json, stack: string): Map<string, ExportedValue> {
  const common = resource.select('Parameters');
  const rows = [
    ...resource.select('Parameters', '*'),
    ...resource.select('StackInstancesGroup', '*', 'ParameterOverrides', '*'),
  ];
  const unresolved = rows.find(({ value }) => value instanceof Unresolved || value instanceof Reference);
  const parameters = new Map<string, ExportedValue>();
  for (const name of Object.keys(section(template, 'Parameters'))) {
    // A list with one variant sets the parameter in every instance that doesn't override it.
    const isGiven = common.length === 1 && !resource.mayLack('Parameters') && common.some(names(name));
    const values = [
      ...rows.flatMap(({ value }) => (isMap(value) && value.ParameterKey === name ? [value.ParameterValue] : [])),
      ...(isGiven ? [] : defaultsOf(template, name)),
    ];
    if (unresolved !== undefined)
      values.push(new Unresolved(`the value that '${resource.logicalId}' passes is known only at deployment`));
    const value = oneOf(values);
    if (value !== undefined) parameters.set(name, { stack, value, scope: resource.scope });
  }
  return parameters;
}

const names =
  (name: string) =>
  ({ value }: Selected) =>
    Array.isArray(value) && value.some((row) => isMap(row) && row.ParameterKey === name);

/** The value of a parameter that isn't set. */
function defaultsOf(template: Json, name: string): unknown[] {
  const parameter = entry(section(template, 'Parameters'), name);
  const value = isMap(parameter) ? parameter.Default : undefined;
  return [value === undefined ? new Unresolved(`parameter '${name}' has no default`) : value];
}

/** An unknown condition makes each value possible. */
const oneOf = (values: readonly unknown[]): unknown =>
  values.reduce((before, value, index) => (index === 0 ? value : { 'Fn::If': ['', before, value] }), undefined);
