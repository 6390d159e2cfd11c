import { exportsOf } from '../template/exports';
import { nestedParameters } from '../template/nested-parameters';
import type { ExportedValue } from '../template/scope';
import type { TemplateInput } from './template-input';

/** The parameter values that a nested stack's parent passes to it; the parent's own parameters may come from its parent. */
export function parametersOf(
  { nestedIn }: TemplateInput,
  deployRegion: string | undefined,
  exports: ReadonlyMap<string, ReadonlyMap<string, ExportedValue>>,
): ReadonlyMap<string, ExportedValue> | undefined {
  if (nestedIn === undefined) return undefined;
  const { parent, logicalId } = nestedIn;
  const scope = {
    template: parent.template,
    deployRegion,
    exports: exports.get(parent.group),
    parameters: parametersOf(parent, deployRegion, exports),
  };
  return nestedParameters(scope, parent.stack, logicalId);
}

/** The exports of each group's templates, by name. */
export function exportsByGroup(templates: readonly TemplateInput[]): Map<string, Map<string, ExportedValue>> {
  const groups = new Map<string, Map<string, ExportedValue>>();
  for (const { group, template, stack, deployRegion } of templates) {
    const known = groups.get(group) ?? new Map<string, ExportedValue>();
    for (const [name, value] of exportsOf(template, stack, deployRegion)) known.set(name, value);
    groups.set(group, known);
  }
  return groups;
}
