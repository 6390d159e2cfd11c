import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { BOUNDARY_THEOREMS } from './boundary';
import { DATA_THEOREMS } from './data';
import { EGRESS_THEOREMS } from './egress';
import { MODEL_THEOREMS } from './models';
import { PROTECTION_THEOREMS } from './protection';
import { RESOURCE_THEOREMS } from './resources';
import { SHARING_THEOREMS } from './sharing';
import type { Enforcer, Theorem } from './theorem';

/** Every promise that is proved. docs/PROOF.md lists them. */
export const THEOREMS: readonly Theorem[] = [
  ...DATA_THEOREMS,
  ...MODEL_THEOREMS,
  ...SHARING_THEOREMS,
  ...EGRESS_THEOREMS,
  ...PROTECTION_THEOREMS,
  ...RESOURCE_THEOREMS,
  ...BOUNDARY_THEOREMS,
];

/** The promises that documents of a kind keep in a perimeter. */
export const theoremsOf = (scope: PerimeterScope, by: Enforcer): Theorem[] =>
  THEOREMS.filter((one) => one.by.includes(by) && (one.holdsIn?.(scope) ?? true));
