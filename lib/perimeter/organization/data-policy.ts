import { notDeploying } from './principals';
import { type PerimeterScope, regionsOf } from './scope';
import { deny, type Topic } from './statement';

/** Denies what moves stored content out of the boundary's Regions although the request is made in one of them. */
export function dataTopic(scope: PerimeterScope): Topic {
  const { partition } = scope;
  const regions = regionsOf(scope);
  return {
    refuses: 'copies of data to other Regions, zones and edge locations',
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
      deny('SubnetsInEdgeZones', {
        Action: ['ec2:CreateSubnet', 'ec2:CreateVolume'],
        Resource: [`arn:${partition}:ec2:*:*:subnet/*`, `arn:${partition}:ec2:*:*:volume/*`],
        Condition: {
          Null: { 'ec2:AvailabilityZone': 'false' },
          StringNotLike: { 'ec2:AvailabilityZone': regions.map((region) => `${region}?`) },
        },
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
      deny('EdgeOptimizedApis', {
        Action: ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
        Condition: { 'ForAnyValue:StringEquals': { 'apigateway:Request/EndpointType': ['EDGE'] } },
      }),
      deny('SecretReplicas', {
        Action: ['secretsmanager:CreateSecret', 'secretsmanager:ReplicateSecretToRegions'],
        Condition: { 'ForAnyValue:StringNotEquals': { 'secretsmanager:AddReplicaRegions': regions } },
      }),
      // These requests name the other Region or account in a parameter that no condition key shows.
      deny('Replication', {
        Action: [
          'backup:CopyIntoBackupVault',
          'backup:CreateBackupPlan',
          'backup:StartCopyJob',
          'backup:UpdateBackupPlan',
          'dsql:CreateCluster',
          'dynamodb:AssociateTableReplica',
          'dynamodb:CreateGlobalTable',
          'dynamodb:CreateGlobalTableWitness',
          'dynamodb:CreateTableReplica',
          'dynamodb:UpdateGlobalTable',
          'ecr:PutReplicationConfiguration',
          'elasticache:CreateGlobalReplicationGroup',
          'elasticfilesystem:CreateReplicationConfiguration',
          'events:CreateEndpoint',
          'memorydb:CreateMultiRegionCluster',
          'rds:CreateGlobalCluster',
          'redshift:EnableSnapshotCopy',
          's3:PutReplicationConfiguration',
        ],
        Condition: notDeploying(scope),
      }),
      deny('Exports', {
        Action: ['ec2:CreateInstanceExportTask', 'ec2:CreateStoreImageTask', 'ec2:ExportImage', 'rds:StartExportTask'],
        Condition: notDeploying(scope),
      }),
      // A case is written by people, but a file attached to it leaves the boundary with its content.
      deny('SupportAttachments', { Action: ['support:AddAttachmentsToSet'] }),
    ],
  };
}
