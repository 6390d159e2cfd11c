/** Which variant of a deployment was synthesized. */
export type Variant =
  | { readonly name: 'declared' }
  /** With a further workspace. */
  | { readonly name: 'workspace' }
  /** With models in a further Region, or with recovery in one. */
  | { readonly name: 'region' | 'recovery'; readonly region: string }
  /** Without the recovery that is declared. */
  | { readonly name: 'without-recovery'; readonly region: string }
  /** With a further zone of the egress, or without the last of those that are declared; the zone is counted from 1. */
  | { readonly name: 'egress-zone' | 'without-egress-zone'; readonly zone: number };

/** The list of the variants in the folder of their cloud assemblies, which are in folders of the same names. */
export const VARIANTS_FILE = 'variants.json';
