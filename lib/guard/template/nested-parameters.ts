import { isMap } from './node';
import { type ExportedValue, entry, type Scope, section } from './scope';

/** The parameter values that the parent's definition of a nested stack sets. */
export function nestedParameters(parent: Scope, parentStack: string, logicalId: string): Map<string, ExportedValue> {
  const resource = entry(section(parent.template, 'Resources'), logicalId);
  const given = isMap(resource) && isMap(resource.Properties) ? resource.Properties.Parameters : undefined;
  if (!isMap(given)) return new Map();
  return new Map(Object.entries(given).map(([name, value]) => [name, { stack: parentStack, value, scope: parent }]));
}
