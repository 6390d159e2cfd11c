import type { TemplateInput } from '../../../guard/assembly/template-input';
import { isMap } from '../../../guard/template/node';
import { tenantOf } from '../../core/tenant-tag';
import type { Answer } from '../model/answer';

/** That an assembly has no tenant of the kind that a statement is about; empty if it has one, or if there is no assembly. */
export function missingTenant(about: Answer['about'], templates: readonly TemplateInput[] | undefined): string[] {
  if (about === undefined || templates === undefined) return [];
  const resources = templates.flatMap(({ template: { Resources } }) =>
    isMap(Resources) ? Object.values(Resources) : [],
  );
  const isThere = resources.some((resource) => {
    const kind = tenantOf(resource)?.kind;
    return kind !== undefined && (about === 'tenant' || kind === about);
  });
  return isThere ? [] : [`no ${about === 'tenant' ? 'workspace or project' : about} in the assembly`];
}
