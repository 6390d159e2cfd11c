import { isMap } from './node';
import { type ExportedValue, entry, type Scope, section } from './scope';

/** What a nested stack's parameters are given where its parent defines it. */
export function nestedParameters(parent: Scope, parentStack: string, logicalId: string): Map<string, ExportedValue> {
  const resource = entry(section(parent.template, 'Resources'), logicalId);
  const given = isMap(resource) && isMap(resource.Properties) ? resource.Properties.Parameters : undefined;
  if (!isMap(given)) return new Map();
  return new Map(Object.entries(given).map(([name, value]) => [name, { stack: parentStack, value, scope: parent }]));
}
