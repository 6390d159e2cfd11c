import { notDeploying, notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** Copies, exports and subscriptions, whose request alone doesn't say where the content goes. */
const REPLICATION = [
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
  'ec2:CreateInstanceExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ecr:PutReplicationConfiguration',
  'elasticache:CreateGlobalReplicationGroup',
  'elasticfilesystem:CreateReplicationConfiguration',
  'events:CreateEndpoint',
  'logs:CreateDelivery',
  'logs:CreateExportTask',
  'logs:PutAccountPolicy',
  'logs:PutSubscriptionFilter',
  'memorydb:CreateMultiRegionCluster',
  'oam:CreateLink',
  'rds:CreateGlobalCluster',
  'rds:StartExportTask',
  'redshift:EnableSnapshotCopy',
  's3:PutBucketNotification',
  's3:PutInventoryConfiguration',
  's3:PutReplicationConfiguration',
];

/**
 * What lets others use a resource, or lifts a block of that: resource policies of services that no RCP protects, and access control lists.
 * S3 asks for the permission of a list also where a new object or bucket has one in its headers.
 */
const GRANTS = [
  'apigateway:UpdateRestApiPolicy',
  'backup:PutBackupVaultAccessPolicy',
  'bedrock:PutResourcePolicy',
  'elasticfilesystem:PutFileSystemPolicy',
  'events:PutPermission',
  'glue:PutResourcePolicy',
  'kinesis:PutResourcePolicy',
  'lambda:PutResourcePolicy',
  's3:Put*Acl',
  's3tables:PutTable*Policy',
  's3vectors:PutVectorBucketPolicy',
  'sns:AddPermission',
];

/** What sends content to hosts and other clouds, and does nothing else. */
const TRANSFERS = ['appflow:*', 'datasync:*', 'transfer:*'];

/**
 * What tools of AWS need to set up an account: notifications and the functions that forward them, and the bucket of logs. The tags of a
 * bucket decide on nothing unless its owner enables that, so every bucket is meant.
 */
const SETUP = [
  'ec2:Disable*BlockPublicAccess',
  'events:CreateApiDestination',
  'events:PutTargets',
  'events:UpdateApiDestination',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'lambda:AddPermission',
  's3:DeleteBucketPolicy',
  's3:Put*PublicAccessBlock',
  's3:PutBucketLogging',
  's3:PutBucketPolicy',
  'ses:Send*',
  'sns:Subscribe',
  'states:InvokeHTTPEndpoint',
];

/**
 * What leads traffic or names past a firewall: routes to a gateway that exists, peers, and DNS Firewall's rules. No condition key has the
 * target of a route, nor a tag of a rule group.
 */
const ROUTES = [
  'ec2:*Route',
  'ec2:*ssociateRouteTable',
  'ec2:AcceptVpcPeeringConnection',
  'ec2:CreateVpcPeeringConnection',
  'ec2:ReplaceRouteTableAssociation',
  'route53resolver:*ssociate*',
  'route53resolver:CreateFirewallRule',
  'route53resolver:DeleteFirewall*',
  'route53resolver:ImportFirewallDomains',
  'route53resolver:UpdateFirewall*',
];

/**
 * Denies what only deployments may do, whatever the request has. One statement has all of it that tools of AWS don't need, because the ARNs
 * of the roles that deploy are long, and the documents' size is limited.
 */
export function deployersTopic(scope: PerimeterScope): Topic {
  return {
    refuses: 'copies, grants, routes and deliveries, but by the roles that deploy',
    statements: [
      deny('DeployersOnly', {
        Action: [...REPLICATION, ...GRANTS, ...TRANSFERS, ...ROUTES].sort(),
        Condition: notDeploying(scope),
      }),
      deny('AccountSetup', { Action: SETUP, Condition: notManaging(scope) }),
    ],
  };
}
