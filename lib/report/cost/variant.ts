/** Which variant of a deployment was synthesized. */
export type Variant =
  | { readonly name: 'declared' }
  /** With a further workspace. */
  | { readonly name: 'workspace' }
  /** With models in a further Region, or with recovery in one. */
  | { readonly name: 'region' | 'recovery'; readonly region: string }
  /** Without the recovery that is declared. */
  | { readonly name: 'without-recovery'; readonly region: string };

/** The list of the variants in the folder of their cloud assemblies, which are in folders of the same names. */
export const VARIANTS_FILE = 'variants.json';
