import type { Evidence, StoreRow, TenantRow } from '../core/evidence';

const tagOf = ({ kind, tenant }: TenantRow): string => (kind === 'workspace' ? `workspace/${tenant}` : tenant);

/** Whether a store belongs to a tenant, by its tag, or by its stack if nothing there has one. */
export const isOf = ({ stack, tenant }: StoreRow, owner: TenantRow): boolean =>
  tenant === undefined ? stack === owner.stack : tenant === tagOf(owner);

/** The stores that belong to no tenant. */
export const sharedStores = ({ stores, tenants }: Evidence): StoreRow[] =>
  stores.filter((store) => !tenants.some((tenant) => isOf(store, tenant)));

/** The evidence without what belongs to other tenants than one. */
export const withoutOthers = (evidence: Evidence, owner: TenantRow): Evidence => ({
  ...evidence,
  stores: evidence.stores.filter((store) => isOf(store, owner) || sharedStores(evidence).includes(store)),
});
