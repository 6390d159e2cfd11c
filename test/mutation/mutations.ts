import type { Mutation } from './mutation';
import { OF_CODE } from './of-code';
import { OF_ENTRIES } from './of-entries';
import { OF_LIMITS } from './of-limits';
import { OF_PROMISES } from './of-promises';
import { OF_STORES } from './of-stores';
import { OF_TEMPLATES } from './of-templates';

/** Mutations that each break one promise of the package. */
export const MUTATIONS: readonly Mutation[] = [
  ...OF_TEMPLATES,
  ...OF_CODE,
  ...OF_ENTRIES,
  ...OF_LIMITS,
  ...OF_PROMISES,
  ...OF_STORES,
];
