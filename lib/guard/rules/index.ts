import { apiEndpointEdge } from './api-endpoint-edge';
import { placeOutside } from './place-outside';
import type { Rule } from './rule';
import { s3Replication } from './s3-replication';
import { stackRegion } from './stack-region';
import { templateTransform } from './template-transform';

/** Every rule of the guard. */
export const RULES: readonly Rule[] = [stackRegion, templateTransform, placeOutside, apiEndpointEdge, s3Replication];
