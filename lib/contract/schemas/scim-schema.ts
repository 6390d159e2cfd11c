import * as z from 'zod/mini';
import type { ScimPolicy } from '../policies/scim-policy';
import { workspaceId } from './identity-schema';
import { reads } from './reads';

/** Reads the policy of the function of SCIM. */
export const scimSchema = reads<ScimPolicy>()(z.strictObject({ boundary: z.string(), workspace: workspaceId }));
