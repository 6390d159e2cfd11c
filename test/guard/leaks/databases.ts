import { AWS_DOCS, type Samples } from './leak';

const subnet = { DBSubnetGroupName: 'private' };

/** Tables, caches, keys and secrets with members in other Regions. */
export const DATABASES: Samples = {
  'a DynamoDB global table with a replica in Virginia': {
    source: `${AWS_DOCS}/amazondynamodb/latest/developerguide/GlobalTables.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Replicas: [{ Region: 'eu-central-1' }, { Region: 'us-east-1' }],
    },
  },
  'a DynamoDB global table with a witness in Zurich': {
    source: `${AWS_DOCS}/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    properties: {
      MultiRegionConsistency: 'STRONG',
      Replicas: [{ Region: 'eu-central-1' }, { Region: 'eu-west-1' }],
      GlobalTableWitnesses: [{ Region: 'eu-central-2' }],
    },
  },
  'DynamoDB streams its changes to Virginia': {
    source: `${AWS_DOCS}/amazondynamodb/latest/developerguide/kds.html`,
    type: 'AWS::DynamoDB::Table',
    properties: {
      KinesisStreamSpecification: { StreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/changes' },
    },
  },
  'an Aurora cluster joins a global database': {
    source: `${AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html`,
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'orders-global', ...subnet },
  },
  'an Aurora cluster forwards its writes': {
    source: `${AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding.html`,
    type: 'AWS::RDS::DBCluster',
    properties: { Engine: 'aurora-mysql', EnableGlobalWriteForwarding: true, ...subnet },
  },
  'a DocumentDB cluster joins a global cluster': {
    source: `${AWS_DOCS}/documentdb/latest/developerguide/global-clusters.html`,
    type: 'AWS::DocDB::DBCluster',
    properties: { GlobalClusterIdentifier: 'catalog-global', ...subnet },
  },
  'a Neptune cluster joins a global database': {
    source: `${AWS_DOCS}/neptune/latest/userguide/neptune-global-database.html`,
    type: 'AWS::Neptune::DBCluster',
    properties: { GlobalClusterIdentifier: 'graph-global', ...subnet },
  },
  'an ElastiCache group joins a global datastore': {
    source: `${AWS_DOCS}/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html`,
    type: 'AWS::ElastiCache::ReplicationGroup',
    properties: { ReplicationGroupDescription: 'sessions', GlobalReplicationGroupId: 'ldgnf-sessions' },
  },
  'an ElastiCache global datastore with a member in Virginia': {
    source: `${AWS_DOCS}/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html`,
    type: 'AWS::ElastiCache::GlobalReplicationGroup',
    properties: {
      Members: [
        { ReplicationGroupId: 'a', ReplicationGroupRegion: 'eu-central-1', Role: 'PRIMARY' },
        { ReplicationGroupId: 'b', ReplicationGroupRegion: 'us-east-1', Role: 'SECONDARY' },
      ],
    },
  },
  'a MemoryDB cluster joins a multi-Region cluster': {
    source: `${AWS_DOCS}/memorydb/latest/devguide/multi-region.html`,
    type: 'AWS::MemoryDB::Cluster',
    properties: {
      ClusterName: 'c',
      NodeType: 'db.r7g.large',
      ACLName: 'open',
      MultiRegionClusterName: 'virxk-sessions',
    },
  },
  'RDS replicates its backups to Virginia': {
    source: `${AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html`,
    type: 'AWS::RDS::DBInstance',
    properties: { Engine: 'postgres', AutomaticBackupReplicationRegion: 'us-east-1', ...subnet },
  },
  'an RDS replica of an instance in Virginia': {
    source: `${AWS_DOCS}/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html`,
    type: 'AWS::RDS::DBInstance',
    properties: {
      SourceDBInstanceIdentifier: 'arn:aws:rds:us-east-1:111122223333:db:orders',
      SourceRegion: 'us-east-1',
    },
  },
  'an Aurora replica of a cluster in London': {
    source: `${AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.html`,
    type: 'AWS::RDS::DBCluster',
    properties: {
      Engine: 'aurora-mysql',
      ReplicationSourceIdentifier: 'arn:aws:rds:eu-west-2:111122223333:cluster:orders',
    },
  },
  'RDS feeds a warehouse in Oregon': {
    source: `${AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/zero-etl.html`,
    type: 'AWS::RDS::Integration',
    properties: {
      SourceArn: 'arn:aws:rds:eu-central-1:111122223333:cluster:orders',
      TargetArn: 'arn:aws:redshift-serverless:us-west-2:111122223333:namespace/a1b2',
    },
  },
  'Aurora DSQL with a peer in Virginia': {
    source: `${AWS_DOCS}/aurora-dsql/latest/userguide/configuring-multi-region-clusters.html`,
    type: 'AWS::DSQL::Cluster',
    properties: {
      MultiRegionProperties: {
        WitnessRegion: 'us-west-2',
        Clusters: ['arn:aws:dsql:us-east-1:111122223333:cluster/abc'],
      },
    },
  },
  'Redshift copies snapshots to Virginia': {
    source: `${AWS_DOCS}/redshift/latest/mgmt/cross-region-snapshot-copy.html`,
    type: 'AWS::Redshift::Cluster',
    properties: {
      ClusterType: 'single-node',
      NodeType: 'ra3.large',
      DBName: 'dwh',
      MasterUsername: 'admin',
      SnapshotCopyConfiguration: { DestinationRegion: 'us-east-1' },
    },
  },
  'Redshift Serverless copies snapshots to Ohio': {
    source: `${AWS_DOCS}/redshift/latest/mgmt/serverless-snapshots-recovery-points.html`,
    type: 'AWS::RedshiftServerless::Namespace',
    properties: { NamespaceName: 'dwh', SnapshotCopyConfigurations: [{ DestinationRegion: 'us-east-2' }] },
  },
  'Keyspaces replicates to Singapore': {
    source: `${AWS_DOCS}/keyspaces/latest/devguide/multiRegion-replication.html`,
    type: 'AWS::Cassandra::Keyspace',
    properties: {
      ReplicationSpecification: { ReplicationStrategy: 'MULTI_REGION', RegionList: ['eu-central-1', 'ap-southeast-1'] },
    },
  },
  'Timestream writes rejected records to a bucket in an unknown place': {
    source: `${AWS_DOCS}/timestream/latest/developerguide/API_MagneticStoreRejectedDataLocation.html`,
    type: 'AWS::Timestream::Table',
    properties: {
      DatabaseName: 'metrics',
      MagneticStoreWriteProperties: {
        EnableMagneticStoreWrites: true,
        MagneticStoreRejectedDataLocation: {
          S3Configuration: { BucketName: 'rejected-records', EncryptionOption: 'SSE_S3' },
        },
      },
    },
  },
  'a multi-Region key': {
    source: `${AWS_DOCS}/kms/latest/developerguide/multi-region-keys-overview.html`,
    type: 'AWS::KMS::Key',
    properties: { KeyPolicy: { Version: '2012-10-17', Statement: [] }, MultiRegion: true },
  },
  'a replica of a key in Virginia': {
    source: `${AWS_DOCS}/kms/latest/developerguide/multi-region-keys-replicate.html`,
    type: 'AWS::KMS::ReplicaKey',
    properties: {
      PrimaryKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
      KeyPolicy: { Version: '2012-10-17', Statement: [] },
    },
  },
  'a secret replicated under a key in London': {
    source: `${AWS_DOCS}/secretsmanager/latest/userguide/replicate-secrets.html`,
    type: 'AWS::SecretsManager::Secret',
    properties: {
      GenerateSecretString: {},
      ReplicaRegions: [{ Region: 'eu-west-1', KmsKeyId: 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd' }],
    },
  },
  'a secret replicated to Virginia': {
    source: `${AWS_DOCS}/secretsmanager/latest/userguide/replicate-secrets.html`,
    type: 'AWS::SecretsManager::Secret',
    properties: { ReplicaRegions: [{ Region: 'us-east-1' }] },
  },
  'payment keys replicated to Virginia': {
    source: `${AWS_DOCS}/payment-cryptography/latest/userguide/multi-region-keys.html`,
    type: 'AWS::PaymentCryptography::Key',
    properties: { Exportable: false, KeyAttributes: {}, ReplicationRegions: ['us-east-1'] },
  },
  'OpenSearch pipeline to a cluster in Virginia': {
    source: `${AWS_DOCS}/opensearch-service/latest/developerguide/osis-features-overview.html`,
    type: 'AWS::OSIS::Pipeline',
    properties: {
      PipelineName: 'logs',
      MinUnits: 1,
      MaxUnits: 2,
      PipelineConfigurationBody:
        'version: "2"\nlogs:\n  source:\n    http:\n      path: /logs\n  sink:\n    - opensearch:\n        hosts: ["https://search-x.us-east-1.es.amazonaws.com"]\n        aws:\n          region: us-east-1\n',
    },
  },
  'MSK Replicator to Virginia': {
    source: `${AWS_DOCS}/msk/latest/developerguide/msk-replicator.html`,
    type: 'AWS::MSK::Replicator',
    properties: {
      ReplicatorName: 'r',
      KafkaClusters: [
        { AmazonMskCluster: { MskClusterArn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/a/1' } },
        { AmazonMskCluster: { MskClusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/b/2' } },
      ],
      ServiceExecutionRoleArn: 'arn:aws:iam::111122223333:role/replicator',
    },
  },
  'an MQ broker replicates a broker in Ireland to Virginia': {
    source: `${AWS_DOCS}/amazon-mq/latest/developer-guide/crdr-for-active-mq.html`,
    type: 'AWS::AmazonMQ::Broker',
    properties: {
      BrokerName: 'orders',
      EngineType: 'ACTIVEMQ',
      DataReplicationMode: 'CRDR',
      DataReplicationPrimaryBrokerArn: 'arn:aws:mq:us-east-1:111122223333:broker:orders:b-1',
    },
  },
  'DMS writes to a database in Virginia': {
    source: `${AWS_DOCS}/dms/latest/userguide/CHAP_Endpoints.html`,
    type: 'AWS::DMS::Endpoint',
    properties: {
      EndpointType: 'target',
      EngineName: 'postgres',
      ServerName: 'orders.abc123.us-east-1.rds.amazonaws.com',
      Port: 5432,
    },
  },
  "DMS writes to a vendor's database": {
    source: `${AWS_DOCS}/dms/latest/userguide/CHAP_Target.PostgreSQL.html`,
    type: 'AWS::DMS::Endpoint',
    properties: { EndpointType: 'target', EngineName: 'postgres', ServerName: 'db.vendor.example', Port: 5432 },
  },
  'DMS writes to a bucket in an unknown place': {
    source: `${AWS_DOCS}/dms/latest/userguide/CHAP_Target.S3.html`,
    type: 'AWS::DMS::Endpoint',
    properties: { EndpointType: 'target', EngineName: 's3', S3Settings: { BucketName: 'partner-lake' } },
  },
  "Glue connects to a vendor's database": {
    source: `${AWS_DOCS}/glue/latest/dg/connection-properties.html`,
    type: 'AWS::Glue::Connection',
    properties: {
      CatalogId: '111122223333',
      ConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:postgresql://db.vendor.example:5432/orders' },
      },
    },
  },
};
