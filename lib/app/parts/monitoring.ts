import type { DeploymentConfig } from '../../config/model/config';
import type { WorkspaceProps } from '../../constructs/tenants/workspace-props';

/** What is shown about the use of a workspace; nothing where the file says nothing. */
export function monitoringOf(
  { minimumGroup, perMember }: NonNullable<DeploymentConfig['monitoring']> = {},
  reportGroups?: readonly string[],
): Pick<WorkspaceProps, 'monitoring'> {
  if (minimumGroup === undefined && perMember === undefined && reportGroups === undefined) return {};
  return { monitoring: { minimumGroup, perMember, reportGroups: reportGroups && [...reportGroups] } };
}
