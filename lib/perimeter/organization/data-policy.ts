import { type PerimeterScope, regionsOf } from './scope';
import { deny, type Topic } from './statement';

/** Denies what moves stored content out of the boundary's Regions although the request is made in one of them. */
export function dataTopic(scope: PerimeterScope): Topic {
  const { partition } = scope;
  const regions = regionsOf(scope);
  const inEdgeZone = { StringNotLike: { 'ec2:AvailabilityZone': regions.map((region) => `${region}?`) } };
  return {
    refuses: 'data in other Regions, zones and edge locations',
    statements: [
      deny('KeyReplicas', {
        Action: ['kms:ReplicateKey'],
        Condition: { StringNotEquals: { 'kms:ReplicaRegion': regions } },
      }),
      deny('OptInRegions', {
        Action: ['account:EnableRegion'],
        Condition: { StringNotEquals: { 'account:TargetRegion': regions } },
      }),
      // No condition key names the group, and a zone may be in another country than its Region.
      deny('EdgeZones', { Action: ['ec2:ModifyAvailabilityZoneGroup'] }),
      // AWS gives no key of the zone to the creation of a subnet, so nothing may be put into one that is at an edge.
      deny('SubnetsInEdgeZones', {
        Action: ['ec2:*Fleet*', 'ec2:CreateNetworkInterface', 'ec2:ImportI*', 'ec2:R*Instances'],
        Resource: [`arn:${partition}:ec2:*:*:subnet/*`],
        Condition: inEdgeZone,
      }),
      // A volume that names the zone by its ID alone is denied too. A task that replaces a root volume has no key of the zone.
      deny('VolumesInEdgeZones', {
        Action: ['ec2:C*Volume', 'ec2:CopyV*', 'ec2:ImportV*'],
        Resource: [`arn:${partition}:ec2:*:*:volume/*`],
        Condition: inEdgeZone,
      }),
      deny('ContentAtEdge', {
        Action: [
          'chatbot:*',
          'chime:*',
          'cloudfront:*',
          'cloudfront-keyvaluestore:*',
          'ecr-public:*',
          'globalaccelerator:*',
          'importexport:*',
          'lambda:EnableReplication',
          'outposts:Create*',
          's3:CreateMulti*',
          's3:PutMulti*',
          's3:SubmitMulti*',
          'snowball:*',
        ],
      }),
      // Only a Multi-Region Access Point has an ARN without a Region.
      deny('MultiRegionAccessPoints', {
        Action: ['s3:*'],
        Resource: [`arn:${partition}:s3::*:accesspoint/*`],
      }),
      deny('SecretReplicas', {
        Action: ['secretsmanager:CreateSecret', 'secretsmanager:ReplicateSecretToRegions'],
        Condition: { 'ForAnyValue:StringNotEquals': { 'secretsmanager:AddReplicaRegions': regions } },
      }),
      // EventBridge takes events to a bus in another Region by itself. Deployments of several Regions need buses inside.
      deny('EventTargets', {
        Action: ['events:PutTargets'],
        Condition: {
          'ForAnyValue:ArnNotLike': { 'events:TargetArn': regions.map((region) => `arn:${partition}:*:${region}:*:*`) },
        },
      }),
    ],
  };
}

/** Denies requests that reach another place although they name a Region inside: a topic of its own, so that a document has room for it. */
export function placelessTopic({ partition }: PerimeterScope): Topic {
  return {
    refuses: 'APIs at edge locations, and files in support cases',
    statements: [
      // The documents of the sovereign partition are half as large. They have no room for these, and no zone there is known.
      ...(partition === 'aws' ? storedAtEdge() : []),
      deny('EdgeOptimizedApis', {
        Action: ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
        Condition: { 'ForAnyValue:StringEquals': { 'apigateway:Request/EndpointType': ['EDGE'] } },
      }),
      // A case is written by people, but a file attached to it leaves the boundary with its content.
      deny('SupportAttachments', { Action: ['support:AddAttachmentsToSet'] }),
    ],
  };
}

/** What is stored at an edge, as far as a condition key shows it. */
const storedAtEdge = () => [
  deny('SnapshotsInEdgeZones', {
    Action: ['ec2:CreateSnapshot', 'ec2:CreateSnapshots'],
    Condition: { StringEquals: { 'ec2:Location': ['local'] } },
  }),
  // An Outpost stands where its owner wants, but its zone is one of the Region.
  deny('SnapshotsOnOutposts', {
    Action: ['ec2:CopySnapshot', 'ec2:CreateImage', 'ec2:CreateSnapshot', 'ec2:CreateSnapshots'],
    Condition: { Null: { 'ec2:OutpostArn': 'false' } },
  }),
  // The ID of a Local Zone has a part more than that of an Availability Zone: `euc1-ham1-az1`, `euc1-az1`.
  deny('BucketsInEdgeZones', {
    Action: ['s3express:CreateBucket'],
    Condition: { StringLike: { 's3express:LocationName': ['*-*-*'] } },
  }),
];
