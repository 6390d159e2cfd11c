import { texts } from './expand';
import { isMap } from './node';
import type { Json } from './parse';
import { processed } from './processed';
import { type ExportedValue, outputKey, section } from './scope';

/**
 * The values that a template exports, by the name under which other stacks import them, and all its outputs, by the key under
 * which stacks in any Region read them.
 */
export function exportsOf(template: Json, stack: string, deployRegion: string | undefined): [string, ExportedValue][] {
  if (template.Outputs === undefined) return [];
  const { scope } = processed({ template, deployRegion });
  return Object.entries(section(scope.template, 'Outputs')).flatMap(([id, output]): [string, ExportedValue][] => {
    if (!isMap(output)) return [];
    const value: ExportedValue = { stack, value: output.Value, scope };
    const names = isMap(output.Export) ? texts(output.Export.Name, scope) : [];
    if (deployRegion !== undefined) names.push(outputKey(stack, deployRegion, id));
    return names.map((name) => [name, value]);
  });
}
