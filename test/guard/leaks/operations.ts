import { AWS_DOCS, type Samples } from './leak';

const role = 'arn:aws:iam::111122223333:role/ops';
const BUCKET = { Resources: { Artifacts: { Type: 'AWS::S3::Bucket' } } };

/** Logs, metrics, findings, builds and deployments sent elsewhere. */
export const OPERATIONS: Samples = {
  'logs are sent to a stream in Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/logs/SubscriptionFilters.html`,
    type: 'AWS::Logs::SubscriptionFilter',
    properties: {
      LogGroupName: 'app',
      FilterPattern: '',
      DestinationArn: 'arn:aws:logs:us-east-1:111122223333:destination:central',
    },
  },
  'a log destination that writes to Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions.html`,
    type: 'AWS::Logs::Destination',
    properties: {
      DestinationName: 'central',
      RoleArn: role,
      TargetArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/logs',
    },
  },
  'a log delivery to a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html`,
    type: 'AWS::Logs::DeliveryDestination',
    properties: { Name: 'd', DestinationResourceArn: 'arn:aws:s3:::partner-logs' },
  },
  'a metric stream to Firehose in Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Metric-Streams.html`,
    type: 'AWS::CloudWatch::MetricStream',
    properties: {
      FirehoseArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/metrics',
      RoleArn: role,
      OutputFormat: 'json',
    },
  },
  'an alarm that notifies Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html`,
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      AlarmActions: ['arn:aws:sns:us-east-1:111122223333:alarms'],
    },
  },
  'a link to a sink in Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html`,
    type: 'AWS::Oam::Link',
    properties: {
      ResourceTypes: ['AWS::Logs::LogGroup'],
      SinkIdentifier: 'arn:aws:oam:us-east-1:111122223333:sink/1',
    },
  },
  'a trail that writes to a bucket in an unknown place': {
    source: `${AWS_DOCS}/awscloudtrail/latest/userguide/creating-trail-organization.html`,
    type: 'AWS::CloudTrail::Trail',
    properties: { IsLogging: true, IsMultiRegionTrail: true, S3BucketName: 'org-trail' },
  },
  'a trail that sends its events to a log group in Virginia': {
    source: `${AWS_DOCS}/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html`,
    type: 'AWS::CloudTrail::Trail',
    properties: {
      IsLogging: true,
      S3BucketName: { Ref: 'Artifacts' },
      CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:trail:*',
    },
    around: BUCKET,
  },
  'Config delivers to a bucket in an unknown place': {
    source: `${AWS_DOCS}/config/latest/developerguide/manage-delivery-channel.html`,
    type: 'AWS::Config::DeliveryChannel',
    properties: { S3BucketName: 'org-config' },
  },
  'Config authorises an aggregator in Virginia': {
    source: `${AWS_DOCS}/config/latest/developerguide/authorize-aggregator-account-cli.html`,
    type: 'AWS::Config::AggregationAuthorization',
    properties: { AuthorizedAccountId: '111122223333', AuthorizedAwsRegion: 'us-east-1' },
  },
  'GuardDuty exports its findings to a key in Virginia': {
    source: `${AWS_DOCS}/guardduty/latest/ug/guardduty_exportfindings.html`,
    type: 'AWS::GuardDuty::PublishingDestination',
    properties: {
      DetectorId: 'd',
      DestinationType: 'S3',
      DestinationProperties: {
        DestinationArn: 'arn:aws:s3:::org-findings',
        KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
      },
    },
  },
  'Security Lake replicates to Virginia': {
    source: `${AWS_DOCS}/security-lake/latest/userguide/add-rollup-region.html`,
    type: 'AWS::SecurityLake::DataLake',
    properties: { ReplicationConfiguration: { Regions: ['us-east-1'], RoleArn: role } },
  },
  'a resource data sync to a bucket in Virginia': {
    source: `${AWS_DOCS}/systems-manager/latest/userguide/inventory-create-resource-data-sync.html`,
    type: 'AWS::SSM::ResourceDataSync',
    properties: {
      SyncName: 's',
      S3Destination: { BucketName: 'inventory', BucketRegion: 'us-east-1', SyncFormat: 'JsonSerDe' },
    },
  },
  'an incident response replicated to Virginia': {
    source: `${AWS_DOCS}/incident-manager/latest/userguide/general-settings.html`,
    type: 'AWS::SSMIncidents::ReplicationSet',
    properties: { Regions: [{ RegionName: 'us-east-1' }] },
  },
  'a cost report to a bucket in Virginia': {
    source: `${AWS_DOCS}/cur/latest/userguide/cur-create.html`,
    type: 'AWS::CUR::ReportDefinition',
    properties: { ReportName: 'r', S3Bucket: 'costs', S3Region: 'us-east-1', S3Prefix: 'p', TimeUnit: 'DAILY' },
  },
  'flow logs to a bucket in an unknown place': {
    source: `${AWS_DOCS}/vpc/latest/userguide/flow-logs-s3.html`,
    type: 'AWS::EC2::FlowLog',
    properties: {
      ResourceId: 'vpc-1',
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::org-flows',
    },
  },
  'a stack set over Virginia': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html`,
    type: 'AWS::CloudFormation::StackSet',
    properties: {
      StackSetName: 'baseline',
      PermissionModel: 'SERVICE_MANAGED',
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-1'] }, Regions: ['us-east-1'] }],
      TemplateBody: '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}',
    },
  },
  'an unchecked nested stack': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html`,
    type: 'AWS::CloudFormation::Stack',
    properties: { TemplateURL: 'https://s3.eu-central-1.amazonaws.com/vendor/template.json' },
  },
  'an SDK call at deployment in Virginia': {
    source: `${AWS_DOCS}/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html`,
    type: 'Custom::AWS',
    properties: {
      ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
      Create: '{"service":"S3","action":"putObject","region":"us-east-1","parameters":{"Bucket":"b"}}',
    },
    around: { Resources: { Handler: { Type: 'AWS::Lambda::Function' } } },
  },
  "a vendor's custom resource": {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/template-custom-resources-sns.html`,
    type: 'AWS::CloudFormation::CustomResource',
    properties: { ServiceToken: 'arn:aws:sns:eu-central-1:999988887777:vendor' },
  },
  'a step calls a vendor by HTTP': {
    source: `${AWS_DOCS}/step-functions/latest/dg/call-https-apis.html`,
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      RoleArn: role,
      DefinitionString:
        '{"StartAt":"Pay","States":{"Pay":{"Type":"Task","Resource":"arn:aws:states:::http:invoke","Parameters":{"ApiEndpoint":"https://api.stripe.com/v1/charges","Method":"POST"},"End":true}}}',
    },
  },
  'a step calls the SDK in Virginia': {
    source: `${AWS_DOCS}/step-functions/latest/dg/concepts-access-cross-acct-resources.html`,
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      RoleArn: role,
      Definition: {
        StartAt: 'Send',
        States: {
          Send: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage',
            Parameters: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/q' },
            End: true,
          },
        },
      },
    },
  },
  'a step calls a US model': {
    source: `${AWS_DOCS}/step-functions/latest/dg/connect-bedrock.html`,
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      RoleArn: role,
      DefinitionString:
        '{"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::bedrock:invokeModel","Parameters":{"ModelId":"us.anthropic.claude-sonnet-4-6"},"End":true}}}',
    },
  },
  'a pipeline acts in Virginia': {
    source: `${AWS_DOCS}/codepipeline/latest/userguide/actions-create-cross-region.html`,
    type: 'AWS::CodePipeline::Pipeline',
    properties: {
      RoleArn: role,
      ArtifactStore: { Type: 'S3', Location: { Ref: 'Artifacts' } },
      Stages: [
        {
          Name: 'Deploy',
          Actions: [
            {
              Name: 'us',
              Region: 'us-east-1',
              ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'CloudFormation', Version: '1' },
            },
          ],
        },
      ],
    },
    around: BUCKET,
  },
  'a pipeline takes its source from GitHub': {
    source: `${AWS_DOCS}/codepipeline/latest/userguide/appendix-github-oauth.html`,
    type: 'AWS::CodePipeline::Webhook',
    properties: { Authentication: 'GITHUB_HMAC', TargetPipeline: 'p', TargetAction: 'a', Filters: [] },
  },
  'a connection to GitHub': {
    source: `${AWS_DOCS}/dtconsole/latest/userguide/connections-create-github.html`,
    type: 'AWS::CodeStarConnections::Connection',
    properties: { ConnectionName: 'github', ProviderType: 'GitHub' },
  },
  'a build that pushes to Virginia': {
    source: `${AWS_DOCS}/codebuild/latest/userguide/sample-docker.html`,
    type: 'AWS::CodeBuild::Project',
    properties: {
      ServiceRole: role,
      Source: {
        Type: 'NO_SOURCE',
        BuildSpec:
          'version: 0.2\nphases:\n  build:\n    commands:\n      - docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/app\n',
      },
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Environment: {
        Type: 'LINUX_CONTAINER',
        ComputeType: 'BUILD_GENERAL1_SMALL',
        Image: 'aws/codebuild/standard:7.0',
      },
    },
  },
  'an instance whose start script copies to Virginia': {
    source: `${AWS_DOCS}/AWSEC2/latest/UserGuide/user-data.html`,
    type: 'AWS::EC2::Instance',
    properties: {
      ImageId: 'ami-1',
      UserData: { 'Fn::Base64': '#!/bin/bash\naws s3 sync /data s3://exemple --region us-east-1\n' },
    },
  },
  'a task that logs to Virginia': {
    source: `${AWS_DOCS}/AmazonECS/latest/developerguide/using_awslogs.html`,
    type: 'AWS::ECS::TaskDefinition',
    properties: {
      ContainerDefinitions: [
        {
          Name: 'app',
          Image: 'app',
          LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1' } },
        },
      ],
    },
  },
  'an App Runner service that calls Virginia': {
    source: `${AWS_DOCS}/apprunner/latest/dg/env-variable.html`,
    type: 'AWS::AppRunner::Service',
    properties: {
      SourceConfiguration: {
        ImageRepository: {
          ImageIdentifier: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/app:1',
          ImageRepositoryType: 'ECR',
          ImageConfiguration: { RuntimeEnvironmentVariables: [{ Name: 'AWS_REGION', Value: 'us-east-1' }] },
        },
      },
    },
  },
  'an Airflow environment that logs to a broker in Virginia': {
    source: `${AWS_DOCS}/mwaa/latest/userguide/configuring-env-variables.html`,
    type: 'AWS::MWAA::Environment',
    properties: {
      Name: 'e',
      SourceBucketArn: { 'Fn::GetAtt': ['Artifacts', 'Arn'] },
      AirflowConfigurationOptions: { 'smtp.smtp_host': 'email-smtp.us-east-1.amazonaws.com' },
    },
    around: BUCKET,
  },
  'a canary that keeps its results in a bucket in an unknown place': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries.html`,
    type: 'AWS::Synthetics::Canary',
    properties: {
      Name: 'c',
      RuntimeVersion: 'syn-nodejs-puppeteer-10.0',
      ArtifactS3Location: 's3://partner-results',
      ExecutionRoleArn: role,
    },
  },
  'an EKS cluster on the premises': {
    source: `${AWS_DOCS}/eks/latest/userguide/eks-connector.html`,
    type: 'AWS::EKS::Cluster',
    properties: {
      RoleArn: role,
      ResourcesVpcConfig: { SubnetIds: ['subnet-1'] },
      OutpostConfig: { OutpostArns: ['arn:aws:outposts:us-east-1:111122223333:outpost/op-1'] },
    },
  },
  'AppConfig extension calls Virginia': {
    source: `${AWS_DOCS}/appconfig/latest/userguide/working-with-appconfig-extensions.html`,
    type: 'AWS::AppConfig::Extension',
    properties: {
      Name: 'x',
      Actions: { ON_DEPLOYMENT_COMPLETE: [{ Name: 'n', Uri: 'arn:aws:sns:us-east-1:111122223333:t', RoleArn: role }] },
    },
  },
  'QuickSight reads a Snowflake warehouse': {
    source: `${AWS_DOCS}/quicksight/latest/user/connecting-to-snowflake.html`,
    type: 'AWS::QuickSight::DataSource',
    properties: {
      Name: 'd',
      Type: 'SNOWFLAKE',
      DataSourceParameters: {
        SnowflakeParameters: { Host: 'exemple.snowflakecomputing.com', Database: 'd', Warehouse: 'w' },
      },
    },
  },
};
