import type { TenantRow } from '../core/evidence';
import type { DocumentContext } from './context';

/** A row for each project that the stack of a tenant serves, with the project's own name and models. */
export const recordsOf = (tenant: TenantRow, { projects = [] }: DocumentContext): TenantRow[] =>
  tenant.kind === 'workspace' || projects.length === 0
    ? [tenant]
    : projects.map(({ id, models }) => ({ ...tenant, tenant: id, models }));
