import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  DescribeAddressesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  paginateDescribeNatGateways,
} from '@aws-sdk/client-ec2';
import { hasEgress } from '../../../config/model/egress';
import { egressStackName } from '../../../contract/egress';
import { QUOTAS } from '../../../facts/generated/quotas';
import type { QuotaFact } from '../../../facts/types';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { type JsonService, jsonCall } from '../json-call';
import { quotaValue, READS_QUOTA } from './quota-value';
import type { Check, Subject } from './subject';
import { unseenOf } from './unseen';

const of = linesOf('egress quota');

/** The resources of an account that a quota counts, each by its ID and the place that has a quota of its own. */
type Counted = readonly { readonly id: string; readonly place: string }[];

interface EgressNeed {
  /** Lists what exists, deployed egress included. */
  readonly list: (subject: Subject) => Promise<Counted>;
  /** The calls, as a policy names them. */
  readonly action: string;
  /** Whether each zone has a quota of its own. */
  readonly byZone?: true;
}

const NEEDS: Readonly<Record<string, EgressNeed>> = {
  'nat-gateways': { list: natGateways, action: 'ec2:DescribeNatGateways and ec2:DescribeSubnets', byZone: true },
  'elastic-ips': { list: addresses, action: 'ec2:DescribeAddresses' },
  firewalls: { list: firewalls, action: 'network-firewall:ListFirewalls' },
};

/** Whether the account has room for what an egress has in each zone, next to what others use. */
export const egressQuotas: Check = async (subject) => {
  if (!hasEgress(subject.deployment)) return [];
  return inTurns(QUOTAS, 4, (quota) => lineOf(subject, quota));
};

async function lineOf(subject: Subject, { id, service, code, name }: QuotaFact): Promise<DoctorLine> {
  const region = subject.deployment.primaryRegion;
  const need = NEEDS[id];
  if (need === undefined) throw new Error(`lib/facts/source/quotas.json: '${id}' isn't something that an egress needs`);
  let action: string = READS_QUOTA;
  try {
    const value = await quotaValue(subject.caller, region, { service, code });
    action = need.action;
    const all = await need.list(subject);
    action = 'cloudformation:ListStackResources';
    const own = all.length > 0 ? await ownIds(subject) : new Set<string>();
    const others = all.filter((one) => !own.has(one.id));
    const zones = zonesOf(subject);
    const used = need.byZone
      ? Math.max(...zones.map((zone) => others.filter(({ place }) => place === zone).length))
      : others.length;
    const least = used + (need.byZone ? 1 : zones.length);
    if (value >= least) return of(region).ok(`${value} ${name}, of which others use ${used}`);
    return of(region).missing(
      `${value} ${name}, of which others use ${used}, but ${least} are needed: the egress has one in each of its zones (${zones.join(', ')})`,
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${least} --region ` +
        `${region}; or delete one that nothing uses`,
    );
  } catch (error) {
    return unseenOf(name, of(region), region, action, error);
  }
}

/** As the egress chooses them. */
const zonesOf = ({ deployment: { egress, primaryRegion } }: Subject): readonly string[] =>
  egress?.zones ?? ['a', 'b'].map((letter) => `${primaryRegion}${letter}`);

/** What the deployed egress uses itself; nothing before its first deployment. */
async function ownIds({ caller, deployment }: Subject): Promise<Set<string>> {
  const client = new CloudFormationClient(clientSettings(caller, 'cloudformation', deployment.primaryRegion));
  const ids = new Set<string>();
  try {
    const pages = paginateListStackResources({ client }, { StackName: egressStackName(deployment.name) });
    for await (const { StackResourceSummaries = [] } of pages) {
      for (const { PhysicalResourceId } of StackResourceSummaries) if (PhysicalResourceId) ids.add(PhysicalResourceId);
    }
  } catch (error) {
    // CloudFormation's answer for a stack that doesn't exist.
    if ((error as Partial<Error>).name !== 'ValidationError') throw error;
  }
  return ids;
}

/** Of the states in which they count: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html. */
async function natGateways({ caller, deployment }: Subject): Promise<Counted> {
  const client = new EC2Client(clientSettings(caller, 'ec2', deployment.primaryRegion));
  const Filter = [{ Name: 'state', Values: ['pending', 'available', 'deleting'] }];
  const found: { readonly id: string; readonly subnet: string }[] = [];
  for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client }, { Filter })) {
    found.push(...NatGateways.map(({ NatGatewayId: id = '', SubnetId: subnet = '' }) => ({ id, subnet })));
  }
  const ids = [...new Set(found.flatMap(({ subnet }) => subnet || []))];
  const { Subnets = [] } =
    ids.length > 0 ? await client.send(new DescribeSubnetsCommand({ SubnetIds: ids })) : { Subnets: [] };
  const zones = new Map(Subnets.map(({ SubnetId, AvailabilityZone = '' }) => [SubnetId, AvailabilityZone]));
  return found.map(({ id, subnet }) => ({ id, place: zones.get(subnet) ?? '' }));
}

async function addresses({ caller, deployment }: Subject): Promise<Counted> {
  const client = new EC2Client(clientSettings(caller, 'ec2', deployment.primaryRegion));
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
  return Addresses.map(({ PublicIp: id = '' }) => ({ id, place: '' }));
}

const NETWORK_FIREWALL: JsonService = {
  service: 'network-firewall',
  target: 'NetworkFirewall_20201112',
  version: '1.0',
};

async function firewalls({ caller, deployment }: Subject): Promise<Counted> {
  const found: { readonly id: string; readonly place: string }[] = [];
  let NextToken: unknown;
  do {
    const answer = await jsonCall(caller, NETWORK_FIREWALL, deployment.primaryRegion, 'ListFirewalls', {
      ...(NextToken !== undefined && { NextToken }),
    });
    for (const { FirewallArn: id } of answer.Firewalls as { readonly FirewallArn: string }[])
      found.push({ id, place: '' });
    NextToken = answer.NextToken ?? undefined;
  } while (NextToken !== undefined);
  return found;
}
