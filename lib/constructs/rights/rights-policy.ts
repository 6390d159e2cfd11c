import type { ResidencyBoundary } from '../../boundary/boundary';
import type { WorkspaceMembers } from '../members/workspace-members';

/** What the functions of rights read from `policy.json`, beside their bundle. */
export interface RightsPolicyFile {
  readonly boundary: string;
  readonly workspace: string;
  readonly identity: WorkspaceMembers['_tokenGroups'];
  readonly corsOrigins: readonly string[];
}

/** The policy of one workspace's rights. */
export const rightsPolicy = (
  boundary: ResidencyBoundary,
  workspace: string,
  members: WorkspaceMembers,
): RightsPolicyFile => ({
  boundary: boundary.name,
  workspace,
  identity: members._tokenGroups,
  corsOrigins: members.corsOrigins,
});
