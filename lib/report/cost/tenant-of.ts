import { TAGS } from '../../contract/tags';
import type { Json } from '../../guard/template/parse';
import { propertiesOf, resourcesOf } from './resources';

/** The tenants of a stack without a tenant. */
export const SHARED = 'shared';

/** The tenant whose resources a template has, by their tag: `workspace/sciences`, `projects`, or {@link SHARED}. */
export function tenantOf(template: Json): string {
  const tags = resourcesOf(template).flatMap((resource) => {
    const { Tags } = propertiesOf(resource);
    return Array.isArray(Tags) ? Tags : [];
  });
  const tenants = new Set(tags.filter((tag) => tag?.Key === TAGS.tenant).map((tag) => `${tag.Value}`));
  const [only] = tenants;
  return only !== undefined && tenants.size === 1 ? only : SHARED;
}
