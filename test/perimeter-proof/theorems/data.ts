import { GLOBAL_ACTIONS } from '@/lib/perimeter/organization/global-actions';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, any, matching, not, some } from '../encoding/formula';
import { exactly, like, likeArn } from '../encoding/pattern';
import {
  actionIn,
  keyIs,
  keyLike,
  keyVariable,
  NO_RESOURCE,
  partOf,
  present,
  RESOURCE,
  resourceLike,
} from '../encoding/variables';
import { copies, HIDDEN_COPIES, logDeliveries, multiRegionPoints, targets } from './copies';
import { actionsOf } from './service-data';
import { isNoDeployer, isNoManager, isOutside, partIs, regionsOf, type Theorem, theorem } from './theorem';
import { BUCKETS_IN_ZONES, IN_SUBNETS, ON_OUTPOSTS, SNAPSHOTS_IN_ZONES, VOLUMES } from './zones';

/** The actions that change something, and whose requests have a key of their service. */
const withKey = (key: string, named?: RegExp): string[] =>
  actionsOf({ service: key.split(':')[0] as string, key, ...(named && { named }) });

/** Whether the documents may be as large as those of the partition `aws`. */
const hasRoom = ({ partition }: PerimeterScope): boolean => partition === 'aws';

export const DATA_THEOREMS: readonly Theorem[] = [
  theorem(
    'no action outside the boundary, nor without a Region, but those of the global control planes',
    'scp',
    (scope) => all(isOutside(scope), not(actionIn(GLOBAL_ACTIONS.map(({ action }) => action)))),
  ),
  theorem('no action of a role outside the boundary, nor without a Region', 'permissions-boundary', isOutside),
  theorem('no key is replicated to a Region outside the boundary', 'scp', (scope) =>
    all(actionIn(withKey('kms:ReplicaRegion')), not(keyIs('kms:ReplicaRegion', ...regionsOf(scope)))),
  ),
  theorem('no Region outside the boundary is enabled', 'scp', (scope) =>
    all(actionIn(withKey('account:TargetRegion', /:Enable/)), not(keyIs('account:TargetRegion', ...regionsOf(scope)))),
  ),
  theorem('no group of Local Zones or Wavelength Zones is enabled', 'scp', () =>
    actionIn(['ec2:ModifyAvailabilityZoneGroup']),
  ),
  theorem(
    'no network interface, instance or volume is made in a zone that is not one of a Region inside the boundary',
    'scp',
    (scope) =>
      all(
        any(
          all(actionIn(IN_SUBNETS()), resourceLike(`arn:${scope.partition}:ec2:*:*:subnet/*`)),
          all(actionIn(VOLUMES()), resourceLike(`arn:${scope.partition}:ec2:*:*:volume/*`)),
        ),
        not(keyLike('ec2:AvailabilityZone', ...regionsOf(scope).map((region) => `${region}?`))),
      ),
  ),
  theorem(
    'no snapshot is made in a Local Zone or on an Outpost',
    'scp',
    () =>
      any(
        all(actionIn(SNAPSHOTS_IN_ZONES()), keyIs('ec2:Location', 'local')),
        all(actionIn(ON_OUTPOSTS()), present('ec2:OutpostArn')),
      ),
    hasRoom,
  ),
  theorem(
    'no directory bucket is made in a Local Zone',
    'scp',
    () => all(actionIn(BUCKETS_IN_ZONES()), keyLike('s3express:LocationName', '*-*-*')),
    hasRoom,
  ),
  theorem('no service that takes content to edge locations, Outposts or devices is used', 'scp', () =>
    actionIn([
      'chatbot:*',
      'chime:*',
      'cloudfront:*',
      'cloudfront-keyvaluestore:*',
      'ecr-public:*',
      'globalaccelerator:*',
      'importexport:*',
      'lambda:EnableReplication',
      'outposts:Create*',
      'snowball:*',
      ...multiRegionPoints(),
    ]),
  ),
  theorem('no object is reached through a Multi-Region Access Point', 'scp', (scope) =>
    all(
      actionIn(['s3:*']),
      not(NO_RESOURCE),
      partIs(RESOURCE, 'partition', scope.partition),
      partIs(RESOURCE, 'service', 's3'),
      partIs(RESOURCE, 'region', ''),
      matching(partOf(RESOURCE, 'path'), like('accesspoint/*')),
    ),
  ),
  theorem('no API is edge-optimized', 'scp', () =>
    all(
      actionIn(['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT']),
      present('apigateway:Request/EndpointType'),
      some(
        keyVariable('apigateway:Request/EndpointType'),
        matching(keyVariable('apigateway:Request/EndpointType'), exactly('EDGE')),
      ),
    ),
  ),
  theorem('no secret is replicated to a Region outside the boundary', 'scp', (scope) =>
    all(
      actionIn(withKey('secretsmanager:AddReplicaRegions')),
      present('secretsmanager:AddReplicaRegions'),
      some(
        keyVariable('secretsmanager:AddReplicaRegions'),
        not(
          any(
            ...regionsOf(scope).map((region) =>
              matching(keyVariable('secretsmanager:AddReplicaRegions'), exactly(region)),
            ),
          ),
        ),
      ),
    ),
  ),
  theorem('no rule has a target in a Region outside the boundary, or in none', 'scp', (scope) =>
    all(
      actionIn(withKey('events:TargetArn')),
      present('events:TargetArn'),
      some(
        keyVariable('events:TargetArn'),
        not(
          any(
            ...regionsOf(scope).map((region) =>
              matching(keyVariable('events:TargetArn'), likeArn(`arn:${scope.partition}:*:${region}:*:*`)),
            ),
          ),
        ),
      ),
    ),
  ),
  theorem(
    'only the roles that deploy replicate, copy and export data of services that the documents name',
    'scp',
    (scope) => all(actionIn([...copies(), ...HIDDEN_COPIES]), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy have a service deliver logs of an account or traces elsewhere', 'scp', (scope) =>
    all(actionIn(logDeliveries()), isNoDeployer(scope)),
  ),
  theorem(
    'only the roles that deploy and manage set targets of rules, subscriptions of logs, or where a bucket reports',
    'scp',
    (scope) => all(actionIn(targets()), isNoManager(scope)),
  ),
  theorem('no file is attached to a support case', 'scp', () => actionIn(['support:AddAttachmentsToSet'])),
];
