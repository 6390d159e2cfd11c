/** The kinds of tenant: the members of one workspace, or projects. */
export const TENANT_KINDS = ['project', 'workspace'] as const;

export type TenantKind = (typeof TENANT_KINDS)[number];
