import * as z from 'zod/mini';
import { identityPolicy, workspaceId } from '../gateway/policy/workspace-policy';

/** What a deployment writes beside the bundle as `policy.json`: whose members are managed, and whose the pool is. */
export const membersPolicy = z.strictObject({
  boundary: z.string(),
  workspace: workspaceId,
  identity: identityPolicy,
  /** Whether other workspaces come in by the user pool too. */
  isShared: z.boolean(),
  corsOrigins: z.array(z.string()),
});

/** What {@link membersPolicy} reads. */
export type MembersPolicy = z.infer<typeof membersPolicy>;
