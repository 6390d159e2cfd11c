import { DescribeVpcEndpointServicesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { interfaceServices, networkRegions } from './endpoints-of';
import type { Check, Subject } from './subject';
import { unseen } from './unseen';

const of = linesOf('endpoint zones');

/** Whether the zones of each network offer the interface endpoints that are created there, by this account's letters. */
export const endpointZones: Check = (subject) =>
  inTurns(networkRegions(subject), 4, async (region): Promise<DoctorLine> => {
    const wanted = interfaceServices(subject, region);
    const zones = zonesOf(subject, region);
    if (wanted.length === 0) return of(region).ok('no interface endpoint is created');
    try {
      const offered = await zonesByService(subject, region, wanted);
      const offering = (zone: string) => wanted.filter((service) => offered.get(service)?.includes(zone));
      const poor = zones.filter((zone) => offering(zone).length < wanted.length);
      if (poor.length === 0) return of(region).ok(`${zones.join(', ')}: ${wanted.join(', ')}`);
      const all = [...new Set([...offered.values()].flat())].sort();
      const complete = all.filter((zone) => offering(zone).length === wanted.length);
      const lacking = poor.map(
        (zone) => `${zone} has no endpoint for ${wanted.filter((one) => !offering(zone).includes(one)).join(', ')}`,
      );
      return of(region).missing(lacking.join('; '), fixOf(subject, region, complete));
    } catch (error) {
      return unseen(of(region), region, 'ec2:DescribeVpcEndpointServices', error);
    }
  });

async function zonesByService({ caller }: Subject, region: string, services: readonly string[]) {
  const client = new EC2Client(clientSettings(caller, 'ec2', region));
  // The name begins differently in each partition.
  const Filters = [{ Name: 'service-name', Values: services.map((service) => `*.${region}.${service}`) }];
  const { ServiceDetails = [] } = await client.send(new DescribeVpcEndpointServicesCommand({ Filters }));
  return new Map(
    ServiceDetails.flatMap(({ ServiceName = '', AvailabilityZones = [] }): [string, readonly string[]][] => {
      const service = services.find((one) => ServiceName.endsWith(`.${region}.${one}`));
      return service === undefined ? [] : [[service, AvailabilityZones]];
    }),
  );
}

const isGiven = ({ deployment }: Subject, region: string) =>
  deployment.network.vpc !== undefined && region === deployment.primaryRegion;

function zonesOf(subject: Subject, region: string): readonly string[] {
  const { network } = subject.deployment;
  if (isGiven(subject, region)) return network.vpc?.availabilityZones ?? [];
  return network.zones?.[region] ?? [`${region}a`, `${region}b`];
}

function fixOf(subject: Subject, region: string, complete: readonly string[]): string {
  if (complete.length < 2) return `choose another Region: ${region} has too few zones with all endpoints`;
  const zones = complete.slice(0, 2).join(', ');
  return isGiven(subject, region)
    ? `name isolated subnets in zones with all endpoints under 'network.vpc', such as ${zones}`
    : `write in residency.yaml, before the first deployment: network: { zones: { ${region}: [${zones}] } }`;
}
