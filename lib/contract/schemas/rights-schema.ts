import * as z from 'zod/mini';
import type { RightsPolicy } from '../policies/rights-policy';
import { identitySchema, workspaceId } from './identity-schema';
import { reads } from './reads';

/** Reads the policy of the functions of rights. */
export const rightsSchema = reads<RightsPolicy>()(
  z.strictObject({
    boundary: z.string(),
    workspace: workspaceId,
    identity: identitySchema,
    corsOrigins: z.array(z.string()),
  }),
);
