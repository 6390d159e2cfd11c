import { DATABASES } from './databases';
import { EDGE } from './edge';
import type { Samples } from './exit';
import { MESSAGES } from './messages';
import { MODELS } from './models';
import { OPERATIONS } from './operations';
import { STORAGE } from './storage';

/**
 * Ways in which data leaves a Region, written by hand from the services' documentation and not from the tables of the
 * guard: the tests that are generated from a table can't see what the table lacks.
 */
export const EXITS: Samples = { ...STORAGE, ...DATABASES, ...EDGE, ...MESSAGES, ...MODELS, ...OPERATIONS };
