import { GetAccountSummaryCommand, type IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { callersOf } from '../../../config/model/callers';
import type { DeploymentConfig } from '../../../config/model/config';
import { linesOf } from '../../../report/doctor/doctor-line';
import { aboutIam, homeOfIam, iamClient } from './simulate';
import type { Check } from './subject';
import { unseen } from './unseen';

/** What an account has unless it has asked for more: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, 2026-11-30. */
const DEFAULT_ROLES = 1_000;

/** The roles of a deployment, without those of further source Regions and of the hook. */
export function rolesOf({
  workspaces,
  projects,
  openProjects,
  recoveryRegion,
  perimeter,
}: Pick<DeploymentConfig, 'workspaces' | 'projects' | 'openProjects' | 'recoveryRegion' | 'perimeter'>): number {
  const [foundation, ofWorkspace] = recoveryRegion === undefined ? [5, 13] : [7, 20];
  const callers = callersOf({ projects, openProjects }).length;
  const ofProjects = (callers > 0 ? 3 : 0) + (openProjects ? 2 : 0);
  // One for the function that converts, one for that of jobs, and two for SCIM: its function's, and the one that manages tokens.
  const further = workspaces.reduce(
    (sum, { officeFiles, background, scim }) => sum + (officeFiles ? 1 : 0) + (background ? 1 : 0) + (scim ? 2 : 0),
    0,
  );
  const ledger = workspaces.length + callers > 0 ? 1 : 0;
  // Those of the watch: its trail's and its function's.
  const watch = perimeter === undefined ? 0 : 2;
  return foundation + ofWorkspace * workspaces.length + ofProjects + ledger + watch + further;
}

/** Whether the account has room for the roles of the deployment. IAM is outside the EU, and counts the roles of all Regions. */
export const roleQuota: Check = async ({ caller, deployment, askIam }) => {
  const lines = linesOf('role quota')();
  const needed = rolesOf(deployment);
  if (!askIam) {
    // A small deployment fits into an account that isn't full of others' roles.
    if (needed <= DEFAULT_ROLES / 2) return [];
    return [
      lines.notVisible(
        `whether the ${needed} roles of the deployment fit into the account, which has ${DEFAULT_ROLES} by default`,
        `add --ask-iam, which calls IAM${aboutIam(caller)}, or compare with: aws iam get-account-summary`,
      ),
    ];
  }
  let action = 'iam:GetAccountSummary';
  try {
    const client = iamClient(caller);
    const { SummaryMap: { Roles, RolesQuota } = {} } = await client.send(new GetAccountSummaryCommand({}));
    if (Roles === undefined || RolesQuota === undefined) throw new TypeError('no value');
    if (Roles + needed <= RolesQuota) return [lines.ok(`${Roles} of ${RolesQuota} roles, and room for ${needed}`)];
    action = 'iam:ListRoles';
    const own = await rolesNamed(`${deployment.name}-`, client);
    const least = Roles - own + needed;
    if (least <= RolesQuota) return [lines.ok(`${Roles} of ${RolesQuota} roles, ${own} of them this deployment's`)];
    return [
      lines.missing(
        `${RolesQuota} roles per account, but ${least} are needed, including existing ones`,
        `aws service-quotas request-service-quota-increase --service-code iam --quota-code L-FE177D64 --desired-value ${least} --region ${homeOfIam(caller)}`,
      ),
    ];
  } catch (error) {
    return [unseen(lines, homeOfIam(caller), action, error)];
  }
};

/** CloudFormation begins the name of a role with that of its stack. */
async function rolesNamed(prefix: string, client: IAMClient): Promise<number> {
  let count = 0;
  for await (const { Roles = [] } of paginateListRoles({ client, pageSize: 1_000 }, {})) {
    count += Roles.filter(({ RoleName = '' }) => RoleName.startsWith(prefix)).length;
  }
  return count;
}
