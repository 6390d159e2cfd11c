import type { TenantKind } from './tenant';

/** The tenants that an API serves. */
interface Tenant {
  readonly kind: TenantKind;
  readonly ids: readonly string[];
}

/** The base path of a tenant's API on a host that several tenants share, before `/v1`. */
export const basePathOf = ({ kind, ids }: Tenant): string =>
  kind === 'workspace' ? `/workspaces/${ids[0]}` : '/projects';
