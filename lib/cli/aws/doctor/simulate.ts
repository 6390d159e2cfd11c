import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Caller } from '../caller';
import { clientSettings } from '../caller';

/** The Region of a partition's IAM; that of the `aws` partition is outside the EU. */
const HOMES: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-eusc': 'eusc-de-east-1' };

/** The user or role whose policies are simulated; none for another principal. */
export async function policySource(caller: Caller): Promise<string | undefined> {
  const [, , service, , , resource = ''] = caller.arn.split(':');
  if (service === 'iam' && resource.startsWith('user/')) return caller.arn;
  const role = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  if (role === undefined) return undefined;
  // The ARN of a session leaves out the path of its role.
  const { Role } = await iamClient(caller).send(new GetRoleCommand({ RoleName: role }));
  return Role?.Arn;
}

/** The actions that an organisation's policies deny to a principal in a Region. */
export async function simulated(
  caller: Caller,
  PolicySourceArn: string,
  region: string,
  actions: readonly string[],
): Promise<string[]> {
  const { EvaluationResults = [] } = await iamClient(caller).send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: [...actions],
      ContextEntries: [{ ContextKeyName: 'aws:RequestedRegion', ContextKeyType: 'string', ContextKeyValues: [region] }],
    }),
  );
  return EvaluationResults.filter(
    ({ OrganizationsDecisionDetail }) => OrganizationsDecisionDetail?.AllowedByOrganizations === false,
  ).flatMap(({ EvalActionName }) => EvalActionName ?? []);
}

/** The Region in which the caller's partition has IAM. */
export const homeOfIam = ({ arn }: Pick<Caller, 'arn'>): string => HOMES[arn.split(':')[1] ?? ''] ?? 'us-east-1';

/** What to know of IAM before it is called. */
export const aboutIam = (caller: Caller): string =>
  homeOfIam(caller) === 'us-east-1' ? ' (IAM is outside the EU)' : '';

/** A client of IAM, in the Region of the caller's partition. */
export const iamClient = (caller: Caller): IAMClient => new IAMClient(clientSettings(caller, 'iam', homeOfIam(caller)));
