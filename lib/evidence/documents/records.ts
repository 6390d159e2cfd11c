import type { TenantRow } from '../core/evidence';
import type { DocumentContext } from './context';

/** A row for each project that the stack of a tenant serves, with the project's own name and models. Open projects have one together. */
export const recordsOf = (tenant: TenantRow, { projects = [], words }: DocumentContext): TenantRow[] =>
  tenant.kind === 'workspace' || projects.length === 0
    ? [tenant]
    : projects.map(({ id, models, upTo }) => ({
        ...tenant,
        tenant: upTo === undefined ? id : words.common.openProjects(upTo),
        models,
      }));
