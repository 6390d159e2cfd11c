import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { TAGS } from '../../../contract/tags';
import type { DoctorLine } from '../../../report/doctor/doctor-line';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { interfaceServices } from './endpoints-of';
import { type Check, deployRegions, type Subject } from './subject';
import { unseen } from './unseen';

/** The minimum that a deployment needs of a quota in a Region. */
interface Need {
  readonly name: string;
  readonly service: string;
  readonly code: string;
  /** The lowest value that is enough. */
  readonly least: (subject: Subject, region: string) => Promise<number>;
  readonly why: string;
  /** Whether only the primary Region needs it. */
  readonly primaryOnly?: true;
}

const CONCURRENT = 10;

const NEEDS: readonly Need[] = [
  {
    name: 'VPCs per Region',
    service: 'vpc',
    code: 'L-F678F1CE',
    least: async (subject, region) => (await foreignVpcs(subject, region)) + (isGiven(subject, region) ? 0 : 1),
    why: 'including existing ones, because the deployment creates one',
  },
  {
    name: 'interface endpoints per VPC',
    service: 'vpc',
    code: 'L-29B6F2EB',
    least: async (subject, region) => interfaceServices(subject, region).length,
    why: "because the deployment's network has them",
  },
  {
    name: 'concurrent executions of Lambda',
    service: 'lambda',
    code: 'L-B99A9384',
    least: async ({ deployment }) => leastConcurrency(deployment),
    primaryOnly: true,
    why:
      'ten per gateway and ten for the rest of the account: a gateway uses one for each request that it is answering; or what ' +
      'residency.yaml reserves, and 100 that Lambda keeps unreserved',
  },
];

/** What a deployment reserves, and what Lambda keeps for functions that reserve nothing. */
function leastConcurrency({ workspaces, projects, recoveryRegion, api, jobs }: Subject['deployment']): number {
  const actors = recoveryRegion === undefined ? 4 : 6;
  const reserved = [
    projects.length > 0 ? (api?.projectsConcurrency ?? 0) : 0,
    ...workspaces.map(({ limits }) => (limits.concurrency ?? 0) + actors * (jobs?.concurrency ?? 0)),
  ].reduce((sum, one) => sum + one, 0);
  const gateways = workspaces.length + Math.min(1, projects.length);
  return reserved === 0 ? CONCURRENT * (gateways + 1) : reserved + Math.max(UNRESERVED, CONCURRENT * (gateways + 1));
}

/** Lambda refuses to reserve more than leaves this (docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const UNRESERVED = 100;

/** Whether the account's quotas are enough for the configuration. */
export const quotas: Check = (subject) =>
  inTurns(
    deployRegions(subject).flatMap((region) =>
      NEEDS.filter(({ primaryOnly }) => !primaryOnly || region === subject.deployment.primaryRegion).map((need) => ({
        region,
        need,
      })),
    ),
    4,
    ({ region, need }) => lineOf(subject, region, need),
  );

async function lineOf(subject: Subject, region: string, need: Need): Promise<DoctorLine> {
  const lines = linesOf('quota')(region);
  const { name, service, code, why } = need;
  let action = 'servicequotas:GetServiceQuota';
  try {
    const client = new ServiceQuotasClient(clientSettings(subject.caller, 'servicequotas', region));
    const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }));
    const value = Quota?.Value;
    if (value === undefined) throw new TypeError('no value');
    action = 'ec2:DescribeVpcs';
    const least = await need.least(subject, region);
    if (value >= least) return lines.ok(`${value} ${name}`);
    return lines.missing(
      `${value} ${name}, but ${least} are needed, ${why}`,
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${least} --region ${region}`,
    );
  } catch (error) {
    const { notVisible } = lines;
    return unseen(
      { ...lines, notVisible: (found, fix) => notVisible(`${name}: ${found}`, fix) },
      region,
      action,
      error,
    );
  }
}

/** Whether the configuration names an existing VPC. */
const isGiven = ({ deployment }: Subject, region: string): boolean =>
  deployment.network.vpc !== undefined && region === deployment.primaryRegion;

/** The number of existing VPCs, without that of an earlier deployment of the same name. */
async function foreignVpcs({ caller, deployment }: Subject, region: string): Promise<number> {
  const client = new EC2Client(clientSettings(caller, 'ec2', region));
  const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({}));
  const isOwn = ({ Tags = [] }: (typeof Vpcs)[number]) =>
    Tags.some(({ Key, Value }) => Key === TAGS.deployment && Value === deployment.name);
  return Vpcs.filter((vpc) => !isOwn(vpc)).length;
}
