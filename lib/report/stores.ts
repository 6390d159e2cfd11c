import { counted } from '../guard/report/report';
import { knownText, type Resource } from '../guard/template/resource';
import { isChosen } from './chosen';
import { BY_DEPLOYER, type Cell, ENFORCED, NOTHING } from './inventory-line';

/** A type of resource that holds content, apart from those whose replicas or rules the inventory reads itself. */
export interface StoreType {
  /** In the service's terms. */
  readonly kind: string;
  /** The property that names its key, below `Properties`; none if only the service's own key is possible, or no property names it. */
  readonly key?: string;
  readonly period?: Period;
  /** Whether the service itself ends the retention, after a time that the template doesn't say. */
  readonly isEndedByService?: true;
}

/** The property that limits how long content is retained. */
interface Period {
  readonly path: string;
  readonly unit: 'second' | 'hour' | 'day';
  /** What applies without the property; none if the content then stays until it is deleted. */
  readonly byDefault?: number;
  /** Whether it is the period of backups, which doesn't limit the content itself. */
  readonly ofBackups?: true;
}

const BACKUPS: Period = { path: 'BackupRetentionPeriod', unit: 'day', byDefault: 1, ofBackups: true };

/** By CloudFormation's documentation of each type. */
export const STORE_TYPES: Readonly<Record<string, StoreType>> = {
  'AWS::AmazonMQ::Broker': { kind: 'Amazon MQ broker', key: 'EncryptionOptions/KmsKeyId' },
  'AWS::APS::Workspace': { kind: 'Prometheus workspace', key: 'KmsKeyArn' },
  'AWS::Backup::BackupVault': { kind: 'backup vault', key: 'EncryptionKeyArn' },
  'AWS::Backup::LogicallyAirGappedBackupVault': { kind: 'backup vault', key: 'EncryptionKeyArn' },
  'AWS::Bedrock::KnowledgeBase': { kind: 'Bedrock knowledge base' },
  'AWS::BedrockAgentCore::Memory': {
    kind: 'AgentCore memory',
    key: 'EncryptionKeyArn',
    period: { path: 'EventExpiryDuration', unit: 'day' },
  },
  'AWS::Cassandra::Table': {
    kind: 'Keyspaces table',
    key: 'EncryptionSpecification/KmsKeyIdentifier',
    period: { path: 'DefaultTimeToLive', unit: 'second' },
  },
  'AWS::CloudTrail::EventDataStore': {
    kind: 'CloudTrail event data store',
    key: 'KmsKeyId',
    period: { path: 'RetentionPeriod', unit: 'day' },
  },
  'AWS::CodeArtifact::Domain': { kind: 'CodeArtifact domain', key: 'EncryptionKey' },
  'AWS::CodeCommit::Repository': { kind: 'CodeCommit repository', key: 'KmsKeyId' },
  'AWS::Cognito::UserPool': { kind: 'Cognito user pool' },
  'AWS::CustomerProfiles::Domain': {
    kind: 'customer profiles domain',
    key: 'DefaultEncryptionKey',
    period: { path: 'DefaultExpirationDays', unit: 'day' },
  },
  'AWS::DAX::Cluster': { kind: 'DAX cluster' },
  'AWS::DocDB::DBCluster': { kind: 'DocumentDB cluster', key: 'KmsKeyId', period: BACKUPS },
  'AWS::DocDBElastic::Cluster': { kind: 'DocumentDB elastic cluster', key: 'KmsKeyId' },
  'AWS::DSQL::Cluster': { kind: 'Aurora DSQL cluster', key: 'KmsEncryptionKey' },
  'AWS::EC2::Volume': { kind: 'EBS volume', key: 'KmsKeyId' },
  'AWS::ECR::Repository': { kind: 'ECR repository', key: 'EncryptionConfiguration/KmsKey' },
  'AWS::EFS::FileSystem': { kind: 'EFS file system', key: 'KmsKeyId' },
  'AWS::ElastiCache::CacheCluster': { kind: 'ElastiCache cluster' },
  'AWS::ElastiCache::ReplicationGroup': { kind: 'ElastiCache replication group', key: 'KmsKeyId' },
  'AWS::ElastiCache::ServerlessCache': { kind: 'ElastiCache serverless cache', key: 'KmsKeyId' },
  'AWS::Elasticsearch::Domain': { kind: 'Elasticsearch domain', key: 'EncryptionAtRestOptions/KmsKeyId' },
  'AWS::Events::Archive': {
    kind: 'EventBridge archive',
    key: 'KmsKeyIdentifier',
    period: { path: 'RetentionDays', unit: 'day' },
  },
  'AWS::FSx::FileSystem': { kind: 'FSx file system', key: 'KmsKeyId' },
  'AWS::HealthImaging::Datastore': { kind: 'HealthImaging data store', key: 'KmsKeyArn' },
  'AWS::HealthLake::FHIRDatastore': {
    kind: 'HealthLake data store',
    key: 'SseConfiguration/KmsEncryptionConfig/KmsKeyId',
  },
  'AWS::Kendra::Index': { kind: 'Kendra index', key: 'ServerSideEncryptionConfiguration/KmsKeyId' },
  'AWS::Kinesis::Stream': {
    kind: 'Kinesis stream',
    key: 'StreamEncryption/KeyId',
    period: { path: 'RetentionPeriodHours', unit: 'hour', byDefault: 24 },
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    kind: 'Firehose stream',
    key: 'DeliveryStreamEncryptionConfigurationInput/KeyARN',
  },
  'AWS::KinesisVideo::Stream': {
    kind: 'Kinesis video stream',
    key: 'KmsKeyId',
    period: { path: 'DataRetentionInHours', unit: 'hour' },
  },
  'AWS::Lightsail::Bucket': { kind: 'Lightsail bucket' },
  'AWS::Lightsail::Database': { kind: 'Lightsail database' },
  'AWS::Lightsail::Disk': { kind: 'Lightsail disk' },
  'AWS::MemoryDB::Cluster': { kind: 'MemoryDB cluster', key: 'KmsKeyId' },
  'AWS::MSK::Cluster': { kind: 'MSK cluster', key: 'EncryptionInfo/EncryptionAtRest/DataVolumeKMSKeyId' },
  'AWS::MSK::ServerlessCluster': { kind: 'MSK serverless cluster' },
  'AWS::Neptune::DBCluster': { kind: 'Neptune cluster', key: 'KmsKeyId' },
  'AWS::NeptuneGraph::Graph': { kind: 'Neptune graph', key: 'KmsKeyIdentifier' },
  'AWS::OpenSearchServerless::Collection': { kind: 'OpenSearch collection', key: 'EncryptionConfig/KmsKeyArn' },
  'AWS::OpenSearchService::Domain': { kind: 'OpenSearch domain', key: 'EncryptionAtRestOptions/KmsKeyId' },
  'AWS::QBusiness::Application': { kind: 'Q Business application', key: 'EncryptionConfiguration/KmsKeyId' },
  'AWS::RDS::DBCluster': { kind: 'RDS cluster', key: 'KmsKeyId', period: BACKUPS },
  'AWS::RDS::DBInstance': { kind: 'RDS instance', key: 'KmsKeyId', period: BACKUPS },
  'AWS::Redshift::Cluster': { kind: 'Redshift cluster', key: 'KmsKeyId' },
  'AWS::RedshiftServerless::Namespace': { kind: 'Redshift namespace', key: 'KmsKeyId' },
  'AWS::S3Express::DirectoryBucket': {
    kind: 'S3 directory bucket',
    key: 'BucketEncryption/ServerSideEncryptionConfiguration/*/ServerSideEncryptionByDefault/KMSMasterKeyID',
  },
  'AWS::S3Tables::TableBucket': { kind: 'S3 table bucket', key: 'EncryptionConfiguration/KMSKeyArn' },
  'AWS::S3Vectors::VectorBucket': { kind: 'S3 vector bucket', key: 'EncryptionConfiguration/KmsKeyArn' },
  'AWS::SageMaker::Domain': { kind: 'SageMaker domain', key: 'KmsKeyId' },
  'AWS::SageMaker::NotebookInstance': { kind: 'SageMaker notebook', key: 'KmsKeyId' },
  'AWS::SDB::Domain': { kind: 'SimpleDB domain' },
  'AWS::SecretsManager::Secret': { kind: 'secret', key: 'KmsKeyId' },
  'AWS::SES::MailManagerArchive': { kind: 'e-mail archive', key: 'KmsKeyArn' },
  'AWS::SQS::Queue': {
    kind: 'SQS queue',
    key: 'KmsMasterKeyId',
    period: { path: 'MessageRetentionPeriod', unit: 'second', byDefault: 345_600 },
  },
  'AWS::SSM::Parameter': { kind: 'parameter' },
  'AWS::StepFunctions::StateMachine': {
    kind: 'state machine',
    key: 'EncryptionConfiguration/KmsKeyId',
    isEndedByService: true,
  },
  'AWS::Timestream::Database': { kind: 'Timestream database', key: 'KmsKeyId' },
  'AWS::Timestream::InfluxDBInstance': { kind: 'Timestream InfluxDB instance' },
  'AWS::WorkSpaces::Workspace': { kind: 'WorkSpace', key: 'VolumeEncryptionKey' },
};

const UNTIL_DELETED: Cell = { text: 'until deleted', basis: NOTHING };

/** How long a store of one of these types retains content. */
export function retentionOf(resource: Resource, { period, isEndedByService }: StoreType): Cell {
  if (isEndedByService) return { text: 'as the service sets', basis: { kind: 'set', by: 'AWS' } };
  if (period === undefined) return UNTIL_DELETED;
  const { path, unit, byDefault = 0, ofBackups = false } = period;
  const steps = path.split('/');
  const values = resource.select(...steps).map(({ value }) => Number(knownText(value)));
  if (resource.mayLack(...steps)) values.push(byDefault);
  if (values.some(Number.isNaN)) return { text: 'a period named at deployment', basis: BY_DEPLOYER };
  const most = Math.max(...values);
  if (ofBackups) {
    return most === 0 ? UNTIL_DELETED : { ...UNTIL_DELETED, text: `until deleted + ${inWords(most, unit)} in backups` };
  }
  // Services take 0 for no end.
  return values.includes(0)
    ? UNTIL_DELETED
    : { text: inWords(most, unit), basis: isChosen(resource, ...steps) ? BY_DEPLOYER : ENFORCED };
}

/** In days if it is a whole number of them. */
function inWords(amount: number, unit: Period['unit']): string {
  const perDay = { second: 86_400, hour: 24, day: 1 }[unit];
  return amount % perDay === 0 ? counted(amount / perDay, 'day') : counted(amount, unit);
}
