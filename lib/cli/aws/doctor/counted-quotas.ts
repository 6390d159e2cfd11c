import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { DeploymentConfig } from '../../../config/model/config';
import { watchStackName } from '../../../contract/perimeter';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { type Check, deployRegions, type Subject } from './subject';
import { unseenOf } from './unseen';

const of = linesOf('fixed quota');

/** A quota that AWS doesn't raise. */
interface Counted {
  readonly name: string;
  readonly most: number;
  /** The type in a stack of the deployment. */
  readonly type: string;
  /** The stacks that need one each. */
  readonly stacks: (deployment: DeploymentConfig) => readonly string[];
  /** The call, as a policy names it. */
  readonly action: string;
  readonly count: (subject: Subject, region: string) => Promise<number>;
  readonly list: string;
  /** Whether only the primary Region needs one. */
  readonly primaryOnly?: true;
}

const foundationOf = (name: string) => `${name}-foundation`;

const COUNTED: readonly Counted[] = [
  {
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
    name: 'trails',
    most: 5,
    type: 'AWS::CloudTrail::Trail',
    stacks: ({ name, trail, perimeter }) => [
      ...(trail?.organization === undefined ? [foundationOf(name)] : []),
      ...(perimeter === undefined ? [] : [watchStackName(name)]),
    ],
    action: 'cloudtrail:DescribeTrails',
    // Trails of other Regions that cover this one count here too, and so do the deployment's in every Region.
    count: async ({ caller }, region) => {
      const client = new CloudTrailClient(clientSettings(caller, 'cloudtrail', region));
      const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      return trailList.length;
    },
    list: 'aws cloudtrail describe-trails',
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
    name: 'resource policies of CloudWatch Logs',
    most: 10,
    type: 'AWS::Logs::ResourcePolicy',
    stacks: ({ name }) => [foundationOf(name)],
    action: 'logs:DescribeResourcePolicies',
    count: async ({ caller }, region) => {
      const client = new CloudWatchLogsClient(clientSettings(caller, 'logs', region));
      const { resourcePolicies = [] } = await client.send(new DescribeResourcePoliciesCommand({ limit: 50 }));
      return resourcePolicies.length;
    },
    list: 'aws logs describe-resource-policies',
    primaryOnly: true,
  },
];

/** Whether the account has room for what the deployment creates, where AWS doesn't raise the quota. */
export const countedQuotas: Check = (subject) => {
  const { primaryRegion } = subject.deployment;
  const all = deployRegions(subject).flatMap((region) =>
    COUNTED.filter(
      ({ primaryOnly, stacks }) => (!primaryOnly || region === primaryRegion) && stacks(subject.deployment).length > 0,
    ).map((one) => ({ region, one })),
  );
  return inTurns(all, 4, ({ region, one }) => lineOf(subject, region, one));
};

async function lineOf(subject: Subject, region: string, counted: Counted): Promise<DoctorLine> {
  const { name, most, type, count, list } = counted;
  const { ok, missing } = of(region);
  let { action } = counted;
  try {
    const found = await count(subject, region);
    const stacks = counted.stacks(subject.deployment);
    if (found + stacks.length <= most) return ok(`${found} of ${most} ${name}`);
    action = 'cloudformation:ListStackResources';
    const deployed = await inTurns(stacks, 1, (stack) => isDeployed(subject, stack, type));
    const own = deployed.filter(Boolean).length;
    const needed = stacks.length - own;
    if (found + needed <= most)
      return ok(`${found} of ${most} ${name}, ${own === 1 ? 'one' : own} of them this deployment's`);
    const surplus = found + needed - most;
    return missing(
      `${found} of ${most} ${name}, and the deployment needs ${needed === 1 ? 'one' : needed} more`,
      `delete ${surplus === 1 ? 'one' : surplus} that nothing uses, because AWS doesn't raise this quota; they are listed by: ${list} --region ${region}`,
    );
  } catch (error) {
    return unseenOf(name, of(region), region, action, error);
  }
}

/** Whether a stack exists, with a resource of a type. */
async function isDeployed({ caller, deployment }: Subject, StackName: string, type: string): Promise<boolean> {
  const client = new CloudFormationClient(clientSettings(caller, 'cloudformation', deployment.primaryRegion));
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      const has = StackResourceSummaries.some(
        ({ ResourceType, ResourceStatus = '' }) => ResourceType === type && !ResourceStatus.startsWith('DELETE_'),
      );
      if (has) return true;
    }
    return false;
  } catch (error) {
    // CloudFormation's answer for a stack that doesn't exist.
    if ((error as Partial<Error>).name === 'ValidationError') return false;
    throw error;
  }
}
