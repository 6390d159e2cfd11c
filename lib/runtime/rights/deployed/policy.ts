import * as z from 'zod/mini';
import { identityPolicy, workspaceId } from '../../gateway/policy/workspace-policy';

/** What the functions of rights read from the `policy.json` beside their bundle. */
export const rightsPolicy = z.strictObject({
  boundary: z.string(),
  workspace: workspaceId,
  /** Whose tokens are taken, as the workspace's gateway takes them. */
  identity: identityPolicy,
  /** The origins whose pages may call the API from a browser. */
  corsOrigins: z.array(z.string()),
});

/** What {@link rightsPolicy} reads. */
export type RightsPolicy = z.infer<typeof rightsPolicy>;
