import { DescribeVpcEndpointsCommand, EC2Client, type VpcEndpoint } from '@aws-sdk/client-ec2';
import { hasEgress } from '../../../config/model/egress';
import { TAGS } from '../../../contract/tags';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { bedrockDestinations, type Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('endpoints of the VPC');

/** The keys under `network.vpc.endpoints`, with the ends of the services' names. */
const SERVICES = { s3: 's3', dynamodb: 'dynamodb', kms: 'kms', bedrock: 'bedrock-runtime', lambda: 'lambda' } as const;
type Key = keyof typeof SERVICES;

/** Whether an existing VPC has exactly the endpoints that `network.vpc.endpoints` says, usable by the functions in it. */
export const givenEndpoints: Check = async (subject) => {
  const { network, primaryRegion: region } = subject.deployment;
  const { vpc } = network;
  if (vpc === undefined) return [];
  try {
    const client = new EC2Client(clientSettings(subject.caller, 'ec2', region));
    const Filters = [{ Name: 'vpc-id', Values: [vpc.id] }];
    const { VpcEndpoints = [] } = await client.send(new DescribeVpcEndpointsCommand({ Filters }));
    const foreign = VpcEndpoints.filter((one) => !isOwn(one, subject.deployment.name));
    const calls = bedrockDestinations(subject).some(({ sourceRegion }) => sourceRegion === region);
    const isUsed = { s3: true, dynamodb: true, kms: true, bedrock: calls, lambda: hasEgress(subject.deployment) };
    const keys = (Object.keys(SERVICES) as Key[]).filter((key) => isUsed[key]);
    return keys.map((key) => lineOf(key, vpc.endpoints?.[key] ?? 'create', foreign, region));
  } catch (error) {
    return [unseen(of(region), region, 'ec2:DescribeVpcEndpoints', error)];
  }
};

const isOwn = ({ Tags = [] }: VpcEndpoint, deployment: string): boolean =>
  Tags.some(({ Key, Value }) => Key === TAGS.deployment && Value === deployment);

function lineOf(
  key: Key,
  declared: 'create' | 'existing',
  endpoints: readonly VpcEndpoint[],
  region: string,
): DoctorLine {
  const { ok, missing } = of(region);
  const type = key === 's3' || key === 'dynamodb' ? 'Gateway' : 'Interface';
  const found = endpoints.find(
    ({ ServiceName, VpcEndpointType }) =>
      ServiceName?.endsWith(`.${region}.${SERVICES[key]}`) && VpcEndpointType === type,
  );
  if (declared === 'create') {
    // An interface endpoint without private DNS can exist next to another.
    return found === undefined || (type === 'Interface' && found.PrivateDnsEnabled === false)
      ? ok(`${key}: the deployment creates it`)
      : missing(
          `${key}: the VPC has it already, so it can't be created`,
          `write '${key}: existing' under 'network.vpc.endpoints', and check its policy`,
        );
  }
  if (found === undefined) {
    return missing(`${key}: the VPC doesn't have it`, `remove '${key}: existing' under 'network.vpc.endpoints'`);
  }
  if (found.State?.toLowerCase() !== 'available') {
    return missing(
      `${key}: it isn't available`,
      `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${found.VpcEndpointId} --region ${region}`,
    );
  }
  return type === 'Interface' && found.PrivateDnsEnabled !== true
    ? missing(
        `${key}: it has no private DNS, so functions can't resolve the service's name to it`,
        `aws ec2 modify-vpc-endpoint --private-dns-enabled --vpc-endpoint-id ${found.VpcEndpointId} --region ${region}`,
      )
    : ok(`${key}: exists; its policy is yours`);
}
