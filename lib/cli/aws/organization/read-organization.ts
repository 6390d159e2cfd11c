import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import type { FoundBoundary, FoundPolicy, OrganizationState } from '../../../report/policies/organization-state';
import { UsageError } from '../../shared/usage-error';
import type { Caller } from '../caller';
import { iamClient } from '../doctor/simulate';
import { inTurns } from '../in-turns';
import { ask, askAll } from './organizations-api';

interface Summary {
  readonly Id: string;
  readonly Name: string;
  readonly Type: string;
  readonly AwsManaged?: boolean;
}

interface Root {
  /** Such as `arn:aws:organizations::111122223333:root/o-exampleorgid/r-ab12`: it names the management account. */
  readonly Arn?: string;
  readonly PolicyTypes?: readonly { readonly Type: string; readonly Status: string }[];
}

/** Reads the policies of an organization and where they are attached. */
export async function readOrganization(
  caller: Caller,
  types: readonly string[],
  target?: string,
): Promise<Omit<OrganizationState, 'boundary'>> {
  const roots = await askAll<Root>(caller, 'ListRoots', {}, 'Roots');
  const summaries = (
    await inTurns(types, 1, (Filter) => askAll<Summary>(caller, 'ListPolicies', { Filter }, 'Policies'))
  ).flat();
  const own = summaries.filter(({ AwsManaged }) => AwsManaged !== true);
  const [, managementAccount, id] = /:organizations::(\d{12}):root\/(o-[a-z0-9]+)\//.exec(roots[0]?.Arn ?? '') ?? [];
  return {
    ...(id !== undefined && managementAccount !== undefined && { organization: { id, managementAccount } }),
    enabledTypes: roots.flatMap(({ PolicyTypes = [] }) =>
      PolicyTypes.flatMap(({ Type, Status }) => (Status === 'ENABLED' ? [Type] : [])),
    ),
    policies: await inTurns(own, 2, (summary) => readPolicy(caller, summary)),
    ...(target !== undefined && { path: await pathOf(caller, target) }),
  };
}

async function readPolicy(caller: Caller, { Id: id, Name: name, Type: type }: Summary): Promise<FoundPolicy> {
  const { Policy } = await ask(caller, 'DescribePolicy', { PolicyId: id });
  const targets = await askAll<{ readonly TargetId: string }>(
    caller,
    'ListTargetsForPolicy',
    { PolicyId: id },
    'Targets',
  );
  const { Content: content = '' } = (Policy ?? {}) as { readonly Content?: string };
  return { id, name, type, content, targets: targets.map(({ TargetId }) => TargetId) };
}

/** A target, and every organizational unit above it up to the root. */
async function pathOf(caller: Caller, target: string): Promise<string[]> {
  const path = [target];
  for (let at: string | undefined = target; at !== undefined && !at.startsWith('r-'); ) {
    const [parent]: { readonly Id: string }[] = await askAll(caller, 'ListParents', { ChildId: at }, 'Parents');
    at = parent?.Id;
    if (at !== undefined) path.push(at);
  }
  return path;
}

/**
 * Reads the permissions boundary of the caller's account.
 *
 * @throws UsageError if IAM refuses
 */
export async function readBoundaryPolicy(caller: Caller, name: string): Promise<FoundBoundary> {
  const { account, arn } = caller;
  const client = iamClient(caller);
  const PolicyArn = `arn:${arn.split(':')[1]}:iam::${account}:policy/${name}`;
  try {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const { PolicyVersion } = await client.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    );
    return { account, name, content: decodeURIComponent(PolicyVersion?.Document ?? '') };
  } catch (error) {
    const { name: failure } = error as Error;
    if (/^NoSuchEntity/.test(failure)) return { account, name };
    throw new UsageError(
      `the permissions boundary '${name}' of account ${account} can't be read (${failure}); allow iam:GetPolicy and iam:GetPolicyVersion, ` +
        'or check the network',
    );
  }
}
