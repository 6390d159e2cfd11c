import { notDeploying, notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** Copies, exports and subscriptions, whose request alone doesn't say where the content goes. */
const REPLICATION = [
  'backup:Copy*',
  'backup:*ateBackupPlan',
  'backup:StartCopyJob',
  'cassandra:AlterMulti*',
  'cassandra:CreateMulti*',
  'cassandra:RestoreMulti*',
  'cloudhsm:Copy*',
  'cognito-idp:*ateUserPoolReplica',
  'ds:AddRegion',
  'dsql:*ateCluster',
  'dsql:Put*',
  'dynamodb:*ateTableReplica',
  'dynamodb:CreateGlobalTable*',
  'dynamodb:Export*',
  'dynamodb:UpdateGlobalTable*',
  'ec2:Create*ExportTask',
  'ec2:CreateStoreImageTask',
  'ec2:ExportImage',
  'ecr:PutReplication*',
  'elasticache:Copy*',
  'elasticache:CreateGlobal*',
  'elasticache:Export*',
  'elasticfilesystem:CreateReplication*',
  'events:CreateEndpoint',
  'identitystore:AddRegion',
  'kafka:CreateReplicator',
  'logs:CreateDelivery',
  'logs:CreateExportTask',
  'logs:PutAccountPolicy',
  'memorydb:Copy*',
  'memorydb:CreateMulti*',
  'mq:CreateReplicaBroker',
  'oam:CreateLink',
  'observabilityadmin:*ateCentral*',
  'rds:CreateGlobalCluster',
  'rds:CrossRegion*',
  'rds:StartExportTask',
  'redshift-serverless:*ateSnapshotCopy*',
  'redshift:EnableSnapshotCopy',
  's3:PutReplication*',
  's3tables:Put*Replication',
  'sso:AddRegion',
];

/** What lets others use a resource: resource policies of services that no RCP protects, and blocks of public access. */
const GRANTS = [
  'apigateway:Put*Policy',
  'apigateway:Update*Policy',
  'backup:PutBackupVault*Policy',
  'bedrock:PutResourcePolicy',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:Disable*BlockPublicAccess',
  'ec2:ModifyVerifiedAccess*Policy',
  'ec2:PutResourcePolicy',
  'elasticfilesystem:PutFileSystemPolicy',
  'events:PutPermission',
  'events:PutResourcePolicy',
  'fsx:PutResourcePolicy',
  'glue:PutResourcePolicy',
  'kafka:PutClusterPolicy',
  'kinesis:PutResourcePolicy',
  'lakeformation:*GrantPermissions',
  'lakeformation:Put*',
  'lambda:PutResourcePolicy',
  'redshift-serverless:PutResourcePolicy',
  'redshift:PutResourcePolicy',
  's3express:Put*Policy',
  's3files:Put*Policy',
  's3tables:PutTable*Policy',
  's3vectors:Put*Policy',
  'sagemaker:Create*Policy',
  'sagemaker:Put*Policy',
  'sns:AddPermission',
  'ssm:PutResourcePolicy',
  'vpc-lattice:Put*Policy',
  'xray:PutResourcePolicy',
];

/** What sends content to addresses on the internet without a network of the account. AppFlow, DataSync and Transfer Family do nothing else. */
const DELIVERIES = [
  'appflow:*',
  'datasync:*',
  'events:*ateApiDestination',
  'firehose:CreateDeliveryStream',
  'firehose:UpdateDestination',
  'ses:Send*',
  'states:InvokeHTTPEndpoint',
  'transfer:*',
];

/**
 * What leads traffic or names past a firewall: routes to a gateway that exists, peers, and DNS Firewall's rules. No condition key has the
 * target of a route, nor a tag of a rule group. An endpoint and a service network lead to services of any account.
 */
const ROUTES = [
  'ec2:*Route',
  'ec2:*ssociateRouteTable',
  'ec2:AcceptVpcPeeringConnection',
  'ec2:CreateOdbNetworkPeering',
  'ec2:CreateRouteServer*',
  'ec2:CreateVpcEndpoint',
  'ec2:CreateVpcPeeringConnection',
  'ec2:Enable*Propagation',
  'ec2:ReplaceRouteTableAssociation',
  'route53profiles:*ssociate*',
  'route53profiles:UpdateProfileResourceAssociation',
  'route53resolver:*ssociate*',
  'route53resolver:CreateFirewallRule',
  'route53resolver:DeleteFirewall*',
  'route53resolver:ImportFirewallDomains',
  'route53resolver:UpdateFirewall*',
  'vpc-lattice:Create*Association',
];

/**
 * What is of these kinds, and is also needed to set up an account: its trail, its notifications and the functions that get them. S3 asks for
 * the permission of an access control list also where a new object or bucket has one in its headers.
 */
const SETUP = [
  'events:PutTargets',
  'lambda:AddPermission',
  'logs:PutSubscriptionFilter',
  's3:DeleteBucketPolicy',
  's3:Put*Acl',
  's3:Put*PublicAccessBlock',
  's3:PutAnalytics*',
  's3:PutBucketLogging',
  's3:PutBucketNotification',
  's3:PutBucketPolicy',
  's3:PutInventory*',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
];

/**
 * Denies what only deployments may do, whatever the request has. Statements are few, because each repeats the ARNs of the roles that deploy,
 * and the documents' size is limited.
 */
export function deployersTopic(scope: PerimeterScope): Topic {
  return {
    refuses: 'copies, grants, routes and deliveries, but by the roles that deploy',
    statements: [
      deny('DeployersOnly', {
        Action: [...REPLICATION, ...GRANTS, ...DELIVERIES, ...ROUTES].sort(),
        Condition: notDeploying(scope),
      }),
      // A statement of its own, because it doesn't bind the roles of tools that set up accounts.
      deny('AccountSetup', { Action: SETUP, Condition: notManaging(scope) }),
    ],
  };
}
