import { AWS_DOCS, type Samples } from './leak';

const role = 'arn:aws:iam::111122223333:role/replication';

/** Objects, files, images and backups copied to another Region. */
export const STORAGE: Samples = {
  'S3 replicates to a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/replication.html`,
    type: 'AWS::S3::Bucket',
    properties: {
      VersioningConfiguration: { Status: 'Enabled' },
      ReplicationConfiguration: {
        Role: role,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::exemple-copy' } }],
      },
    },
  },
  'S3 replicates under a key in Ohio': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/replication-config-for-kms-objects.html`,
    type: 'AWS::S3::Bucket',
    properties: {
      ReplicationConfiguration: {
        Role: role,
        Rules: [
          {
            Status: 'Enabled',
            Destination: {
              Bucket: { 'Fn::GetAtt': ['Copy', 'Arn'] },
              EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:us-east-2:111122223333:key/1234abcd' },
            },
          },
        ],
      },
    },
    around: { Resources: { Copy: { Type: 'AWS::S3::Bucket' } } },
  },
  'S3 accelerates transfers': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/transfer-acceleration.html`,
    type: 'AWS::S3::Bucket',
    properties: { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
  },
  'S3 writes an inventory to a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/storage-inventory.html`,
    type: 'AWS::S3::Bucket',
    properties: {
      InventoryConfigurations: [
        {
          Id: 'all',
          Enabled: true,
          IncludedObjectVersions: 'Current',
          ScheduleFrequency: 'Daily',
          Destination: { BucketArn: 'arn:aws:s3:::exemple-inventory', Format: 'CSV' },
        },
      ],
    },
  },
  'S3 writes access logs to a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/ServerLogs.html`,
    type: 'AWS::S3::Bucket',
    properties: { LoggingConfiguration: { DestinationBucketName: 'exemple-logs' } },
  },
  'S3 notifies a queue in Virginia': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/EventNotifications.html`,
    type: 'AWS::S3::Bucket',
    properties: {
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:us-east-1:111122223333:created' }],
      },
    },
  },
  'S3 multi-Region access point': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/MultiRegionAccessPoints.html`,
    type: 'AWS::S3::MultiRegionAccessPoint',
    properties: { Regions: [{ Bucket: 'exemple-frankfurt' }, { Bucket: 'exemple-virginia' }] },
  },
  'S3 Storage Lens exports to a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/storage_lens.html`,
    type: 'AWS::S3::StorageLens',
    properties: {
      StorageLensConfiguration: {
        Id: 'lens',
        IsEnabled: true,
        AccountLevel: { BucketLevel: {} },
        DataExport: {
          S3BucketDestination: {
            AccountId: '111122223333',
            Arn: 'arn:aws:s3:::exemple-lens',
            Format: 'CSV',
            OutputSchemaVersion: 'V_1',
          },
        },
      },
    },
  },
  'EFS replicates to Oregon': {
    source: `${AWS_DOCS}/efs/latest/ug/efs-replication.html`,
    type: 'AWS::EFS::FileSystem',
    properties: { ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2' }] } },
  },
  'AWS Backup copies to London': {
    source: `${AWS_DOCS}/aws-backup/latest/devguide/cross-region-backup.html`,
    type: 'AWS::Backup::BackupPlan',
    properties: {
      BackupPlan: {
        BackupPlanName: 'daily',
        BackupPlanRule: [
          {
            RuleName: 'daily',
            TargetBackupVault: 'vault',
            CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-2:111122223333:backup-vault:copies' }],
          },
        ],
      },
    },
  },
  'a life-cycle policy copies snapshots to Virginia': {
    source: `${AWS_DOCS}/ebs/latest/userguide/snapshot-ami-policy.html`,
    type: 'AWS::DLM::LifecyclePolicy',
    properties: {
      Description: 'daily snapshots',
      State: 'ENABLED',
      ExecutionRoleArn: role,
      PolicyDetails: {
        ResourceTypes: ['VOLUME'],
        Schedules: [{ Name: 'daily', CrossRegionCopyRules: [{ TargetRegion: 'us-east-1', Encrypted: true }] }],
      },
    },
  },
  'Image Builder distributes an image to Sydney': {
    source: `${AWS_DOCS}/imagebuilder/latest/userguide/manage-distribution-settings.html`,
    type: 'AWS::ImageBuilder::DistributionConfiguration',
    properties: {
      Name: 'images',
      Distributions: [{ Region: 'ap-southeast-2', AmiDistributionConfiguration: { Name: 'server' } }],
    },
  },
  'ECR replicates images to Virginia': {
    source: `${AWS_DOCS}/AmazonECR/latest/userguide/replication.html`,
    type: 'AWS::ECR::ReplicationConfiguration',
    properties: {
      ReplicationConfiguration: {
        Rules: [{ Destinations: [{ Region: 'us-east-1', RegistryId: '111122223333' }] }],
      },
    },
  },
  'ECR public repository': {
    source: `${AWS_DOCS}/AmazonECR/latest/public/public-repositories.html`,
    type: 'AWS::ECR::PublicRepository',
    properties: { RepositoryName: 'app' },
  },
  'DataSync to an object store of another vendor': {
    source: `${AWS_DOCS}/datasync/latest/userguide/create-object-location.html`,
    type: 'AWS::DataSync::LocationObjectStorage',
    properties: { ServerHostname: 'storage.googleapis.com', BucketName: 'exemple', AgentArns: [] },
  },
  'DataSync to Azure': {
    source: `${AWS_DOCS}/datasync/latest/userguide/creating-azure-blob-location.html`,
    type: 'AWS::DataSync::LocationAzureBlob',
    properties: {
      ContainerUrl: 'https://exemple.blob.core.windows.net/data',
      AzureBlobAuthenticationType: 'SAS',
    },
  },
  "DataSync to a vendor's file server": {
    source: `${AWS_DOCS}/datasync/latest/userguide/create-smb-location.html`,
    type: 'AWS::DataSync::LocationSMB',
    properties: { ServerHostname: 'files.vendor.example', Subdirectory: '/in', User: 'sync', AgentArns: [] },
  },
  'DataSync to a bucket in an unknown place': {
    source: `${AWS_DOCS}/datasync/latest/userguide/create-s3-location.html`,
    type: 'AWS::DataSync::LocationS3',
    properties: { S3BucketArn: 'arn:aws:s3:::partner-bucket', S3Config: { BucketAccessRoleArn: role } },
  },
  'Transfer Family sends to a partner by SFTP': {
    source: `${AWS_DOCS}/transfer/latest/userguide/create-sftp-connectors.html`,
    type: 'AWS::Transfer::Connector',
    properties: { AccessRole: role, Url: 'sftp://sftp.partner.example', SftpConfig: { UserSecretId: 'partner' } },
  },
  'a bucket on an Outpost': {
    source: `${AWS_DOCS}/outposts/latest/userguide/what-is-outposts.html`,
    type: 'AWS::S3Outposts::Bucket',
    properties: { BucketName: 'local', OutpostId: 'op-01ac5d28a6a232904' },
  },
  'S3 Access Grants for an application in Virginia': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/access-grants.html`,
    type: 'AWS::S3::AccessGrant',
    properties: {
      AccessGrantsLocationId: 'default',
      Permission: 'READWRITE',
      Grantee: { GranteeType: 'IAM', GranteeIdentifier: role },
      ApplicationArn: 'arn:aws:sso:us-east-1:111122223333:application/ssoins-1/apl-1',
    },
  },
  'Storage Gateway shares a bucket in Ohio': {
    source: `${AWS_DOCS}/filegateway/latest/files3/CreatingAnSMBFileShare.html`,
    type: 'AWS::StorageGateway::SMBFileShare',
    properties: {
      GatewayARN: 'arn:aws:storagegateway:eu-central-1:111122223333:gateway/sgw-1',
      LocationARN: 'arn:aws:s3:::exemple-files',
      BucketRegion: 'us-east-2',
      Role: role,
    },
  },
};
