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
        Action: ['ec2:CreateNetworkInterface', 'ec2:RunInstances'],
        Resource: [`arn:${partition}:ec2:*:*:subnet/*`],
        Condition: inEdgeZone,
      }),
      // A volume that names the zone by its ID alone is denied too.
      deny('VolumesInEdgeZones', {
        Action: ['ec2:CreateVolume'],
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
          's3:CreateMultiRegionAccessPoint',
          's3:PutMultiRegionAccessPointPolicy',
          's3:SubmitMultiRegionAccessPointRoutes',
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
export function placelessTopic(): Topic {
  return {
    refuses: 'APIs at edge locations, and files in support cases',
    statements: [
      deny('EdgeOptimizedApis', {
        Action: ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
        Condition: { 'ForAnyValue:StringEquals': { 'apigateway:Request/EndpointType': ['EDGE'] } },
      }),
      // A case is written by people, but a file attached to it leaves the boundary with its content.
      deny('SupportAttachments', { Action: ['support:AddAttachmentsToSet'] }),
    ],
  };
}
