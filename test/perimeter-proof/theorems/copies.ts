import { actionsOf, because, type Exceptions, once } from './service-data';

/** Parts of the names of what copies, replicates or exports, and of what names another Region. */
const COPIES =
  /:(?!(Cancel|Decrease|Delete|Disable|Disassociate|Drop|Failover|Increase|Notify|Pause|Promote|Reboot|Rebalance|Reload|Remove|Resume|Retry|Stop|Switchover|Tag|UnTag)).*(Centralization|Copy|CrossRegion|Export|Global(Cluster|Replication|Table)|MultiRegion|Regions?$|Replic|StoreImage|ToRegion)/;

const NEEDS_COPY = 'it changes or serves a copy that another action makes, which the promise covers';
const OWN_PROMISE = 'another promise decides on the Region that the request names';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html */
const TO_HERE = 'the copy is in the Region that is asked, and another promise is about that Region';

/** Actions with such a name that bring no content to another Region or account, or that another promise is about. */
const NO_COPIES: Exceptions = {
  ...because(
    NEEDS_COPY,
    'cassandra:ModifyMultiRegionResource',
    'dynamodb:ReplicateSettings',
    'dynamodb:UpdateTableReplicaAutoScaling',
    'dynamodb:WriteDataForReplication',
    'ecr:ReplicateImage',
    'elasticache:ModifyGlobalReplicationGroup',
    'elasticfilesystem:ReplicationWrite',
    'kafka:UpdateReplicationInfo',
    'kms:SynchronizeMultiRegionKey',
    'kms:UpdatePrimaryRegion',
    'memorydb:UpdateMultiRegionCluster',
    'rds:ModifyGlobalCluster',
    'redshift:CreateSnapshotCopyGrant',
    'redshift:ModifySnapshotCopyRetentionPeriod',
    's3:InitiateReplication',
    's3:Replicate*',
  ),
  ...because(OWN_PROMISE, 'account:EnableRegion', 'kms:ReplicateKey', 'secretsmanager:ReplicateSecretToRegions'),
  ...because(TO_HERE, 'ec2:Copy*', 'rds:Copy*', 'rds:CreateDBInstanceReadReplica', 'rds:StartDBInstance*'),
  ...because('it exports figures of capacity', 'ec2:CreateCapacityManagerDataExport'),
  ...because('it exports the routes of a transit gateway, which none can make', 'ec2:ExportTransitGatewayRoutes'),
  ...because(
    'its nodes are in one Region, unless it is in a global group, whose making the promise covers',
    'elasticache:CreateReplicationGroup',
    'elasticache:ModifyReplicationGroup*',
  ),
  ...because('a snapshot stays with its cluster', 'redshift:CopyClusterSnapshot'),
};

/** Services with such actions that the documents don't name. docs/PROOF.md lists them. */
export const OPEN_COPIES: readonly string[] = [
  'appstream',
  'athena',
  'backup-search',
  'bcm-data-exports',
  'bedrock',
  'cleanrooms',
  'cleanrooms-ml',
  'codeartifact',
  'compute-optimizer',
  'connect',
  'datazone',
  'deadline',
  'discovery',
  'dms',
  'docdb-elastic',
  'drs',
  'forecast',
  'fsx',
  'gameliftstreams',
  'glue',
  'healthlake',
  'inspector2',
  'iotsitewise',
  'ivs',
  'lex',
  'lightsail',
  'm2',
  'macie2',
  'marketplacecommerceanalytics',
  'medical-imaging',
  'mgn',
  'mobiletargeting',
  'neptune-graph',
  'omics',
  'payment-cryptography',
  'personalize',
  'qapps',
  'qdeveloper',
  'qldb',
  'quicksight',
  'rekognition',
  'resiliencehub',
  'robomaker',
  's3-outposts',
  'sagemaker',
  'sagemaker-geospatial',
  'sdb',
  'servicecatalog',
  'ses',
  'sms',
  'sqlworkbench',
  'ssm-incidents',
  'vpce',
  'workdocs',
  'workmail',
  'workspaces',
];

/** What copies, replicates or exports content, by its name: AWS's data doesn't say more of it. */
export const copies = once(() =>
  actionsOf({
    service: '*',
    named: COPIES,
    access: ['Write', 'Permissions management'],
    but: {
      ...NO_COPIES,
      ...because('the documents do not name the service', ...OPEN_COPIES.map((service) => `${service}:*`)),
    },
  }),
);

/** What copies by parameters that neither its name nor a condition key shows. */
export const HIDDEN_COPIES: readonly string[] = [
  'backup:CreateBackupPlan',
  'backup:UpdateBackupPlan',
  'dsql:CreateCluster',
  'dsql:UpdateCluster',
  'events:CreateEndpoint',
];

/** What makes a service deliver logs elsewhere. */
export const logDeliveries = (): string[] =>
  actionsOf(
    {
      service: 'logs',
      named: /:(?!Delete).*(AccountPolicy|Deliver|Destination|ScheduledQuery|Subscription)/,
      but: {
        ...because(
          'it prepares a delivery, which needs logs:CreateDelivery',
          'logs:PutDelivery*',
          'logs:UpdateDeliveryConfiguration',
        ),
        ...because('it lets logs come in', 'logs:PutDestination*'),
        ...because('the role that writes the results is bound as well', 'logs:*ScheduledQuery'),
        'logs:*LogDelivery': 'a state machine with logs calls it by its own role, and no key tells the receiver',
        'logs:PutSubscriptionFilter': 'another promise is about it, because it also sets up accounts',
      },
    },
    {
      service: 'oam',
      but: {
        ...because('only tags change', 'oam:TagResource', 'oam:UntagResource'),
        ...because('it lets logs come in, or ends that', 'oam:*Sink*'),
        ...because('it needs a link, or ends one', 'oam:DeleteLink', 'oam:UpdateLink'),
      },
    },
  );

/** What sets where events and logs go, and where a bucket reports what it has. */
export const targets = (): string[] =>
  actionsOf(
    { service: 'events', types: ['rule-on-custom-event-bus', 'rule-on-default-event-bus'], named: /:Put.*Target/ },
    { service: 'logs', types: ['log-group'], named: /:Put.*Subscription/ },
    { service: 's3', types: ['bucket'], named: /:Put.*(Analytics|Inventory|Logging|Notification)/ },
  );

/** What makes a Multi-Region Access Point, or decides how it answers. */
export const multiRegionPoints = (): string[] =>
  actionsOf({
    service: 's3',
    types: ['multiregionaccesspoint', 'multiregionaccesspointrequestarn'],
    but: { 's3:DeleteMultiRegionAccessPoint': 'it ends what another promise forbids' },
  });
