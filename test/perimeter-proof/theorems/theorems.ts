import { BOUNDARY_THEOREMS } from './boundary';
import { DATA_THEOREMS } from './data';
import { EGRESS_THEOREMS } from './egress';
import { MODEL_THEOREMS } from './models';
import { PROTECTION_THEOREMS } from './protection';
import { RESOURCE_THEOREMS } from './resources';
import { SHARING_THEOREMS } from './sharing';
import type { Theorem } from './theorem';

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
