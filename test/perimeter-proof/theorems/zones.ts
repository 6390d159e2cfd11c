import type { ServiceAction } from '../../iam/evaluator/evaluator';
import { actionsOf, because, type Exceptions, once } from './service-data';

/** The actions that change something, and whose requests have a key of a type of resources. */
const onType = (type: string, key: string, but: Exceptions = {}) =>
  once(() => actionsOf({ service: key.split(':')[0] as string, meant: changes(type, key), but }));

const changes =
  (type: string, key: string) =>
  ({ access, types }: ServiceAction): boolean =>
    access.includes('Write') && types.some((one) => one.name === type && one.keysInRequest.includes(key));

/** What is put into a subnet, whose zone the request shows. */
export const IN_SUBNETS = onType('subnet', 'ec2:AvailabilityZone', {
  ...because(
    'it is about addresses, routes, names or logs, and stores nothing in the zone',
    'ec2:*ApplicationStatusCheck',
    'ec2:*ssociate*',
    'ec2:CreateFlowLogs',
    'ec2:CreateSubnetCidrReservation',
    'ec2:CreateTags',
    'ec2:CreateVpcBlockPublicAccessExclusion',
    'ec2:ModifySubnetAttribute',
    'ec2:Replace*',
  ),
  ...because(
    'it passes traffic on, and stores nothing in the zone',
    'ec2:*RouteServerEndpoint',
    'ec2:*TransitGatewayVpcAttachment',
    'ec2:*VerifiedAccessEndpoint',
    'ec2:CreateInstanceConnectEndpoint',
    'ec2:CreateNatGateway',
    'ec2:ModifyVpcEndpoint',
  ),
  ...because('it changes or ends what is there', 'ec2:Delete*', 'ec2:ModifyNetworkInterfaceAttribute'),
});

/** What makes a volume, whose zone the request shows. */
export const VOLUMES = onType('volume', 'ec2:AvailabilityZone', {
  ...because(
    'it changes, brings back or ends what is there',
    'ec2:*VolumeIO*',
    'ec2:AttachVolume',
    'ec2:CreateTags',
    'ec2:DeleteVolume',
    'ec2:DetachVolume',
    'ec2:ModifyInstanceAttribute',
    'ec2:ModifyVolume*',
    'ec2:RestoreVolumeFromRecycleBin',
  ),
  ...because(
    'a promise about subnets has the zone of its instances',
    'ec2:CreateFleet',
    'ec2:ImportInstance',
    'ec2:RunInstances',
  ),
});

/** What makes a snapshot, and shows whether it is stored in the Local Zone of its source. */
export const SNAPSHOTS_IN_ZONES = onType('snapshot', 'ec2:Location');

/** What makes a snapshot, and shows the Outpost on which it is stored. */
export const ON_OUTPOSTS = onType('snapshot', 'ec2:OutpostArn', {
  ...because('it ends a snapshot', 'ec2:DeleteSnapshot'),
  ...because('it uses a snapshot that is there', 'ec2:RegisterImage', 'ec2:RequestSpot*'),
});

/** What makes a directory bucket, and shows its zone. */
export const BUCKETS_IN_ZONES = once(() =>
  actionsOf({ service: 's3express', key: 's3express:LocationName', named: /Bucket$/ }),
);
