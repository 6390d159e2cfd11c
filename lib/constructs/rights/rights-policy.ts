import type { ResidencyBoundary } from '../../boundary/boundary';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import type { WorkspaceMembers } from '../members/workspace-members';

/** The policy of one workspace's rights. */
export const rightsPolicy = (
  boundary: ResidencyBoundary,
  workspace: string,
  members: WorkspaceMembers,
): RightsPolicy => ({
  boundary: boundary.name,
  workspace,
  identity: members._tokenGroups,
  corsOrigins: members.corsOrigins,
});
