import { TAGS } from '../../contract/tags';
import { isMap } from '../../guard/template/node';

/** Whose a resource is. */
export interface TenantTag {
  readonly tag: string;
  readonly kind: 'workspace' | 'project';
  /** Its name; all projects have one tag. */
  readonly tenant: string;
}

/** The workspace or the projects that a resource belongs to; none if it is shared, or of another app. */
export function tenantOf(resource: unknown): TenantTag | undefined {
  const tag = tagOf(resource, TAGS.tenant);
  if (tag === undefined) return undefined;
  const workspace = /^workspace\/(.+)$/.exec(tag)?.[1];
  return { tag, kind: workspace === undefined ? 'project' : 'workspace', tenant: workspace ?? tag };
}

/** The value of a resource's tag. */
export function tagOf(resource: unknown, key: string): string | undefined {
  const properties = isMap(resource) && isMap(resource.Properties) ? resource.Properties : {};
  // A global table has its tags at each replica.
  const replicas: unknown[] = Array.isArray(properties.Replicas) ? properties.Replicas : [];
  const tags: unknown[] = [properties, ...replicas].flatMap((one) => (isMap(one) ? one.Tags : []));
  const tag = tags.find((one) => isMap(one) && one.Key === key);
  return isMap(tag) && typeof tag.Value === 'string' ? tag.Value : undefined;
}
