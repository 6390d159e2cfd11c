import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { callersOf } from '../../../config/model/callers';
import { hasEgress } from '../../../config/model/egress';
import { TAGS } from '../../../contract/tags';
import { clientSettings } from '../caller';
import { interfaceServices } from './endpoints-of';
import { signInRate, signsIn } from './sign-in-rate';
import type { Subject } from './subject';

/** The minimum that a deployment needs of a quota in a Region. */
export interface QuotaNeed {
  readonly name: string;
  readonly service: string;
  readonly code: string;
  /** The lowest value that is enough. */
  readonly least: (subject: Subject, region: string) => Promise<number>;
  readonly why: string;
  /** Whether only the primary Region needs it. */
  readonly primaryOnly?: true;
  /** @default - always */
  readonly isNeeded?: (subject: Subject) => boolean;
}

const CONCURRENT = 10;

const SIGN_INS =
  'if all of the members that --members says sign in within five minutes; Cognito charges for more than its default';

export const QUOTA_NEEDS: readonly QuotaNeed[] = [
  {
    name: 'VPCs per Region',
    service: 'vpc',
    code: 'L-F678F1CE',
    least: async (subject, region) =>
      (await foreignVpcs(subject, region)) + (isGiven(subject, region) ? 0 : 1) + (egressIn(subject, region) ? 1 : 0),
    why: 'including existing ones, because the deployment creates one, and another for an egress',
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
      'ten per gateway, per worker of background jobs, per converter of office files and for the egress, and ten for the rest of the account: a ' +
      'gateway uses one for each request that it is answering, and a stream runs up to ten of the others at a time; or what ' +
      "residency.yaml reserves, and 100 that Lambda keeps unreserved; until it is raised, set 'concurrentRequests' under each tenant's limits",
  },
  {
    name: 'UserAuthentication requests per second in Cognito',
    service: 'cognito-idp',
    code: 'L-026ADBA3',
    least: async (subject) => signInRate(subject, 'local'),
    primaryOnly: true,
    // New tokens count for every member, wherever they signed in.
    isNeeded: ({ deployment }) => deployment.workspaces.length > 0,
    why: SIGN_INS,
  },
  {
    name: 'UserFederation requests per second in Cognito',
    service: 'cognito-idp',
    code: 'L-BB3E7CCF',
    least: async (subject) => signInRate(subject, 'federated'),
    primaryOnly: true,
    isNeeded: (subject) => signsIn(subject, 'federated'),
    why: SIGN_INS,
  },
];

/** What a deployment reserves, and what Lambda keeps for functions that reserve nothing. */
function leastConcurrency(deployment: Subject['deployment']): number {
  const { workspaces, recoveryRegion, api, jobs } = deployment;
  const callers = callersOf(deployment);
  const actors = recoveryRegion === undefined ? 4 : 6;
  const reserved = [
    callers.length > 0 ? (api?.projectsConcurrency ?? 0) : 0,
    ...workspaces.map(
      ({ limits, background }) =>
        (limits.concurrency ?? 0) + (actors + (background ? 1 : 0)) * (jobs?.concurrency ?? 0),
    ),
  ].reduce((sum, one) => sum + one, 0);
  const ofStreams = workspaces.flatMap(({ background, officeFiles }) => [
    ...(background && jobs?.concurrency === undefined ? ['worker'] : []),
    ...(officeFiles ? ['converter'] : []),
  ]);
  const functions =
    workspaces.length + Math.min(1, callers.length) + ofStreams.length + (hasEgress(deployment) ? 1 : 0);
  return reserved === 0 ? CONCURRENT * (functions + 1) : reserved + Math.max(UNRESERVED, CONCURRENT * (functions + 1));
}

/** Lambda refuses to reserve more than leaves this (docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const UNRESERVED = 100;

/** Whether the configuration names an existing VPC. */
const isGiven = ({ deployment }: Subject, region: string): boolean =>
  deployment.network.vpc !== undefined && region === deployment.primaryRegion;

const egressIn = ({ deployment }: Subject, region: string): boolean =>
  hasEgress(deployment) && region === deployment.primaryRegion;

/** The number of existing VPCs, without that of an earlier deployment of the same name. */
async function foreignVpcs({ caller, deployment }: Subject, region: string): Promise<number> {
  const client = new EC2Client(clientSettings(caller, 'ec2', region));
  const { Vpcs = [] } = await client.send(new DescribeVpcsCommand({}));
  const isOwn = ({ Tags = [] }: (typeof Vpcs)[number]) =>
    Tags.some(({ Key, Value }) => Key === TAGS.deployment && Value === deployment.name);
  return Vpcs.filter((vpc) => !isOwn(vpc)).length;
}
