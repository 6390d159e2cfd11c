import { AGENTCORE_LEAKS } from './agentcore';
import { BOUNDARY_LEAKS } from './boundaries';
import { BUCKET_LEAKS } from './buckets';
import { DATABASES } from './databases';
import { EDGE } from './edge';
import type { Samples } from './leak';
import { MESSAGES } from './messages';
import { MODELS } from './models';
import { OPERATIONS } from './operations';
import { PARTY_LEAKS } from './parties';
import { POLICY_LEAKS } from './policies';
import { SPANNING_LEAKS } from './spanning';
import { STORAGE } from './storage';

/**
 * Ways in which data leaves a Region, written by hand from the services' documentation rather than from the guard's
 * tables: tests generated from a table can't detect gaps in that table.
 */
export const LEAKS: Samples = {
  ...STORAGE,
  ...DATABASES,
  ...EDGE,
  ...MESSAGES,
  ...MODELS,
  ...OPERATIONS,
  ...BUCKET_LEAKS,
  ...SPANNING_LEAKS,
  ...POLICY_LEAKS,
  ...AGENTCORE_LEAKS,
  ...PARTY_LEAKS,
  ...BOUNDARY_LEAKS,
};
