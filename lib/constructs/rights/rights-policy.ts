import type { ResidencyBoundary } from '../../boundary/boundary';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import { DEFAULT_ERASURE_OF_OTHERS, HAND_OVER_DAYS } from '../../contract/rights';
import type { WorkspaceMembers } from '../members/workspace-members';
import type { RightsRules } from './rights-rules';

/** The policy of one workspace's rights. */
export const rightsPolicy = (
  boundary: ResidencyBoundary,
  workspace: string,
  members: WorkspaceMembers,
  rules: RightsRules = {},
  courses?: string[],
): RightsPolicy => ({
  boundary: boundary.name,
  workspace,
  identity: members._tokenGroups,
  corsOrigins: members.corsOrigins,
  handOverDays: rules.handOverDelay?.toDays() ?? HAND_OVER_DAYS.default,
  erasureOfOthers: rules.erasureOfOthers ?? DEFAULT_ERASURE_OF_OTHERS,
  courses,
});
