import type { Mutation } from './mutation';
import { OF_CODE } from './of-code';
import { OF_TEMPLATES } from './of-templates';

/** Promises of the package, each broken once. */
export const MUTATIONS: readonly Mutation[] = [...OF_TEMPLATES, ...OF_CODE];
