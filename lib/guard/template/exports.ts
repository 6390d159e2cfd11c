import { texts } from './expand';
import { isMap } from './node';
import type { Json } from './parse';
import { processed } from './processed';
import { type ExportedValue, section } from './scope';

/** The values that a template exports, by the name under which other stacks import them. */
export function exportsOf(template: Json, stack: string, deployRegion: string | undefined): [string, ExportedValue][] {
  if (template.Outputs === undefined) return [];
  const { scope } = processed({ template, deployRegion });
  return Object.values(section(scope.template, 'Outputs')).flatMap((output): [string, ExportedValue][] => {
    if (!isMap(output) || !isMap(output.Export)) return [];
    return texts(output.Export.Name, scope).map((name) => [name, { stack, value: output.Value, scope }]);
  });
}
