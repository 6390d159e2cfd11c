/** The kinds of tenant: the members of one workspace, or projects. */
export const TENANT_KINDS = ['project', 'workspace'] as const;

export type TenantKind = (typeof TENANT_KINDS)[number];

/**
 * The tenant in metrics for all open projects together, since CloudWatch bills each tenant's metrics. No tenant has it as its ID where
 * projects are open.
 */
export const OPEN_PROJECTS = 'open';

/** The names that records or metrics use for something else, so no open project has one of them as its ID. */
export const RESERVED_IDS: readonly string[] = [OPEN_PROJECTS, 'project', 'projects', 'workspace', 'unauthenticated'];

/** The form of the ID of an open project: that of `projects[].id` in `residency.yaml`. */
export const OPEN_PROJECT_ID = /^(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
