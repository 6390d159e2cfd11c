import { AWS_DOCS, type Samples } from './leak';

const role = 'arn:aws:iam::111122223333:role/app';
const code = { Handler: 'index.handler', Role: role, Runtime: 'nodejs22.x' };
const zip = { S3Bucket: 'cdk-hnb659fds-assets-111122223333-eu-central-1', S3Key: 'a.zip' };
const variables = (Variables: Record<string, unknown>) => ({ ...code, Code: zip, Environment: { Variables } });
const policy = (statement: Record<string, unknown>) => ({
  PolicyName: 'p',
  Roles: ['r'],
  PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
});
const LAMBDA = 'AWS::Lambda::Function';
const ENVIRONMENT = `${AWS_DOCS}/lambda/latest/dg/configuration-envvars.html`;
const POLICIES = `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_elements.html`;
const GLOBAL_KEYS = `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_condition-keys.html`;

/** Resources that look like leaks but aren't: none of them stops a deployment. */
export const NEAR_MISSES: Samples = {
  'a Region in a description': {
    source: `${AWS_DOCS}/AWSEC2/latest/UserGuide/ec2-security-groups.html`,
    type: 'AWS::EC2::SecurityGroup',
    properties: { GroupDescription: 'Replaces the group of us-east-1', VpcId: 'vpc-1' },
  },
  'a Region in the description of a function': {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: { ...code, Code: zip, Description: 'Was in us-east-1 until 2024' },
  },
  'a Region in a comment of a distribution list': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/hosted-zone-private-creating.html`,
    type: 'AWS::Route53::HostedZone',
    properties: {
      Name: 'internal.example.eu',
      HostedZoneConfig: { Comment: 'moved from us-east-1' },
      VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'eu-central-1' }],
    },
  },
  'a Region in a tag': {
    source: `${AWS_DOCS}/tag-editor/latest/userguide/tagging.html`,
    type: 'AWS::SQS::Queue',
    properties: { Tags: [{ Key: 'migrated-from', Value: 'us-east-1' }] },
  },
  'an alarm that describes Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html`,
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      AlarmDescription: 'As in us-east-1',
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      AlarmActions: ['arn:aws:sns:eu-central-1:111122223333:alarms'],
    },
  },
  'a rule that listens for events about Virginia': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-event-patterns.html`,
    type: 'AWS::Events::Rule',
    properties: { EventPattern: { detail: { awsRegion: ['us-east-1'] } }, Targets: [] },
  },
  'a subscription that filters messages by Region': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-message-filtering.html`,
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'arn:aws:sns:eu-central-1:111122223333:orders',
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:eu-central-1:111122223333:orders',
      FilterPolicy: { origin: ['us-east-1', 'ap-south-1'] },
    },
  },
  'a metric filter that looks for Virginia': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html`,
    type: 'AWS::Logs::MetricFilter',
    properties: {
      LogGroupName: 'trail',
      FilterPattern: '{ $.awsRegion = "us-east-1" }',
      MetricTransformations: [{ MetricName: 'foreign', MetricNamespace: 'audit', MetricValue: '1' }],
    },
  },
  'a pipe that filters records by Region': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-pipes-event-filtering.html`,
    type: 'AWS::Pipes::Pipe',
    properties: {
      RoleArn: role,
      Source: 'arn:aws:sqs:eu-central-1:111122223333:in',
      SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"region":["us-east-1"]}}' }] } },
      Target: 'arn:aws:sqs:eu-central-1:111122223333:out',
    },
  },
  'a policy that denies Virginia': {
    source: POLICIES,
    type: 'AWS::IAM::Policy',
    properties: policy({ Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:us-east-1:111122223333:accesspoint/a' }),
  },
  'a policy that denies every Region but some': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html`,
    type: 'AWS::IAM::ManagedPolicy',
    properties: policy({
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:*', 'cloudfront:*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1', 'us-east-1'] } },
    }),
  },
  'an SCP with a list of Regions': {
    source: `${AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html`,
    type: 'AWS::Organizations::Policy',
    properties: {
      Name: 'regions',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            NotAction: ['iam:*'],
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'us-east-1'] } },
          },
        ],
      },
    },
  },
  'a condition on the source in Virginia': {
    source: GLOBAL_KEYS,
    type: 'AWS::SQS::QueuePolicy',
    properties: {
      Queues: ['https://sqs.eu-central-1.amazonaws.com/111122223333/q'],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: 'arn:aws:sqs:eu-central-1:111122223333:q',
            Condition: { ArnNotEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:t' } },
          },
        ],
      },
    },
  },
  'permission for every model, limited to Regions inside the boundary': {
    source: GLOBAL_KEYS,
    type: 'AWS::IAM::Policy',
    properties: policy({
      Effect: 'Allow',
      Action: 'bedrock:InvokeModel',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
    }),
  },
  'permission for a model in the Region': {
    source: `${AWS_DOCS}/bedrock/latest/userguide/security_iam_id-based-policy-examples.html`,
    type: 'AWS::IAM::Policy',
    properties: policy({
      Effect: 'Allow',
      Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
      Resource: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0',
    }),
  },
  'permission to write metrics anywhere': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/permissions-reference-cw.html`,
    type: 'AWS::IAM::Policy',
    properties: policy({ Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*' }),
  },
  'a role for AWS services': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_elements_principal.html`,
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com', 's3.amazonaws.com'] },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  },
  'a principal that contains the partition and the suffix': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html`,
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: { 'Fn::Join': ['', ['ec2.', { Ref: 'AWS::URLSuffix' }]] } },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' }],
    },
  },
  'a trusted account': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/id_roles_create_for-user.html`,
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' },
        ],
      },
    },
  },
  'a group with IAM users, which are global': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/id_groups.html`,
    type: 'AWS::IAM::Group',
    properties: { GroupName: 'readers', ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  },
  'a group that allows S3 by an AWS prefix list': {
    source: `${AWS_DOCS}/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html`,
    type: 'AWS::EC2::SecurityGroupEgress',
    properties: {
      GroupId: 'sg-1',
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      DestinationPrefixListId: 'pl-6ea54007',
    },
  },
  'a gateway endpoint for S3 in the Region': {
    source: `${AWS_DOCS}/vpc/latest/privatelink/vpc-endpoints-s3.html`,
    type: 'AWS::EC2::VPCEndpoint',
    properties: {
      VpcId: 'vpc-1',
      VpcEndpointType: 'Gateway',
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
    },
  },
  'an interface endpoint for a service in Ireland': {
    source: `${AWS_DOCS}/vpc/latest/privatelink/privatelink-access-services-cross-region.html`,
    type: 'AWS::EC2::VPCEndpoint',
    properties: {
      VpcId: 'vpc-1',
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
      ServiceRegion: 'eu-west-1',
    },
  },
  'peering with Ireland': {
    source: `${AWS_DOCS}/vpc/latest/peering/what-is-vpc-peering.html`,
    type: 'AWS::EC2::VPCPeeringConnection',
    properties: { VpcId: 'vpc-1', PeerVpcId: 'vpc-2', PeerRegion: 'eu-west-1' },
  },
  'a subnet in a zone of the Region': {
    source: `${AWS_DOCS}/vpc/latest/userguide/subnet-basics.html`,
    type: 'AWS::EC2::Subnet',
    properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-central-1a' },
  },
  'a subnet in the first zone there is': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html`,
    type: 'AWS::EC2::Subnet',
    properties: {
      VpcId: 'vpc-1',
      CidrBlock: '10.0.0.0/24',
      AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    },
  },
  'a global table with all replicas inside the boundary': {
    source: `${AWS_DOCS}/amazondynamodb/latest/developerguide/GlobalTables.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Replicas: [{ Region: { Ref: 'AWS::Region' } }, { Region: 'eu-west-1' }, { Region: 'eu-north-1' }],
    },
  },
  'a secret replicated to Ireland': {
    source: `${AWS_DOCS}/secretsmanager/latest/userguide/replicate-secrets.html`,
    type: 'AWS::SecretsManager::Secret',
    properties: { ReplicaRegions: [{ Region: 'eu-west-1' }] },
  },
  'images replicated to Stockholm': {
    source: `${AWS_DOCS}/AmazonECR/latest/userguide/replication.html`,
    type: 'AWS::ECR::ReplicationConfiguration',
    properties: {
      ReplicationConfiguration: {
        Rules: [{ Destinations: [{ Region: 'eu-north-1', RegistryId: '111122223333' }] }],
      },
    },
  },
  'backups copied to Paris': {
    source: `${AWS_DOCS}/aws-backup/latest/devguide/cross-region-backup.html`,
    type: 'AWS::Backup::BackupPlan',
    properties: {
      BackupPlan: {
        BackupPlanName: 'daily',
        BackupPlanRule: [
          {
            RuleName: 'daily',
            TargetBackupVault: 'vault',
            CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-3:111122223333:backup-vault:copies' }],
          },
        ],
      },
    },
  },
  'file systems replicated to Milan': {
    source: `${AWS_DOCS}/efs/latest/ug/efs-replication.html`,
    type: 'AWS::EFS::FileSystem',
    properties: { ReplicationConfiguration: { Destinations: [{ Region: 'eu-south-1' }] } },
  },
  'S3 replicates to a bucket in the app': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/replication.html`,
    type: 'AWS::S3::Bucket',
    properties: {
      ReplicationConfiguration: {
        Role: role,
        Rules: [{ Status: 'Enabled', Destination: { Bucket: { 'Fn::GetAtt': ['Copy', 'Arn'] } } }],
      },
    },
    around: { Resources: { Copy: { Type: 'AWS::S3::Bucket' } } },
  },
  'S3 with acceleration suspended': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/transfer-acceleration.html`,
    type: 'AWS::S3::Bucket',
    properties: { AccelerateConfiguration: { AccelerationStatus: 'Suspended' } },
  },
  'a key that is not multi-Region': {
    source: `${AWS_DOCS}/kms/latest/developerguide/multi-region-keys-overview.html`,
    type: 'AWS::KMS::Key',
    properties: {
      MultiRegion: false,
      KeyPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    },
  },
  'an agent on an EU profile': {
    source: `${AWS_DOCS}/bedrock/latest/userguide/inference-profiles-support.html`,
    type: 'AWS::Bedrock::Agent',
    properties: { AgentName: 'a', FoundationModel: 'eu.anthropic.claude-sonnet-4-6' },
  },
  'a guardrail with tier CLASSIC': {
    source: `${AWS_DOCS}/bedrock/latest/userguide/guardrails-tiers.html`,
    type: 'AWS::Bedrock::Guardrail',
    properties: {
      Name: 'g',
      BlockedInputMessaging: 'Please ask something else',
      BlockedOutputsMessaging: 'no',
      ContentPolicyConfig: { FiltersConfig: [], ContentFiltersTierConfig: { TierName: 'CLASSIC' } },
    },
  },
  'a regional REST API': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html`,
    type: 'AWS::ApiGateway::RestApi',
    properties: { Name: 'orders', EndpointConfiguration: { Types: ['REGIONAL'] } },
  },
  'an HTTP API, which is always regional': {
    source: `${AWS_DOCS}/apigateway/latest/developerguide/http-api.html`,
    type: 'AWS::ApiGatewayV2::Api',
    properties: { Name: 'orders', ProtocolType: 'HTTP' },
  },
  'a Cognito prefix domain': {
    source: `${AWS_DOCS}/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html`,
    type: 'AWS::Cognito::UserPoolDomain',
    properties: { UserPoolId: 'eu-central-1_abc', Domain: 'exemple' },
  },
  'a web ACL for a load balancer': {
    source: `${AWS_DOCS}/waf/latest/developerguide/how-aws-waf-works-resources.html`,
    type: 'AWS::WAFv2::WebACL',
    properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: {} },
  },
  'a web ACL that blocks countries': {
    source: `${AWS_DOCS}/waf/latest/developerguide/waf-rule-statement-type-geo-match.html`,
    type: 'AWS::WAFv2::WebACL',
    properties: {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {},
      Rules: [{ Name: 'r', Priority: 0, Statement: { GeoMatchStatement: { CountryCodes: ['US', 'RU'] } } }],
    },
  },
  'a trail over all Regions into a bucket in the app': {
    source: `${AWS_DOCS}/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html`,
    type: 'AWS::CloudTrail::Trail',
    properties: { IsLogging: true, IsMultiRegionTrail: true, S3BucketName: { Ref: 'Logs' } },
    around: { Resources: { Logs: { Type: 'AWS::S3::Bucket' } } },
  },
  'a record in a hosted zone': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/rrsets-working-with.html`,
    type: 'AWS::Route53::RecordSet',
    properties: { Name: 'api.example.eu', Type: 'TXT', HostedZoneId: 'Z1', ResourceRecords: ['"v=spf1 -all"'] },
  },
  'an alias of a load balancer in the Region': {
    source: `${AWS_DOCS}/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html`,
    type: 'AWS::Route53::RecordSet',
    properties: {
      Name: 'api.example.eu',
      Type: 'A',
      HostedZoneId: 'Z1',
      AliasTarget: { DNSName: 'lb-1.eu-central-1.elb.amazonaws.com', HostedZoneId: 'Z215JYRZR1TBD5' },
    },
  },
  'a bucket named after its Region': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/bucketnamingrules.html`,
    type: 'AWS::S3::Bucket',
    properties: { BucketName: 'exemple-logs-eu-central-1' },
  },
  'a function that calls its own Region': {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: variables({ REGION: { Ref: 'AWS::Region' }, URL: 'https://sqs.eu-central-1.amazonaws.com/1/q' }),
  },
  'names with a stage and a number after a Region': {
    source: `${AWS_DOCS}/AmazonS3/latest/userguide/bucketnamingrules.html`,
    type: LAMBDA,
    properties: variables({ TABLE: 'orders-eu-central-1-dev-1', CACHE: 'redis1-az1', EVENT: 'eu.orders.created-v1' }),
  },
  'a function that calls Ireland': {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: variables({ BACKUP_REGION: 'eu-west-1' }),
  },
  'words in the form of codes': {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: variables({ PLAN: 'us-english-2', LOCALE: 'en-us', STAGE: 'ca-1', ZONE: 'Europe/Berlin' }),
  },
  'a version, a date and an address in a network': {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: variables({
      VERSION: '1.2.3-us.4',
      DATE: '2026-01-31',
      HOST: '10.0.0.1',
      LOCAL: 'http://localhost:8080',
    }),
  },
  "an XML namespace and a schema, which aren't called": {
    source: ENVIRONMENT,
    type: LAMBDA,
    properties: variables({ NS: 'http://www.w3.org/2001/XMLSchema' }),
  },
  'inline code that names no place': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html`,
    type: LAMBDA,
    properties: {
      ...code,
      Code: { ZipFile: "exports.handler = async () => ({ statusCode: 200, body: 'east of west-1' });" },
    },
  },
  'an AWS layer in the Region': {
    source: `${AWS_DOCS}/lambda/latest/dg/adding-layers.html`,
    type: LAMBDA,
    properties: { ...code, Code: zip, Layers: ['arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsights:14'] },
  },
  'a topic that delivers to a queue in Ireland': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-cross-region-delivery.html`,
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:eu-west-1:111122223333:alarms',
    },
  },
  'a step that calls a service in the Region': {
    source: `${AWS_DOCS}/step-functions/latest/dg/supported-services-awssdk.html`,
    type: 'AWS::StepFunctions::StateMachine',
    properties: {
      RoleArn: role,
      DefinitionString:
        '{"Comment":"was in us-east-1","StartAt":"S","States":{"S":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sqs:sendMessage","End":true}}}',
    },
  },
  'an instance whose start script uses the Region': {
    source: `${AWS_DOCS}/AWSEC2/latest/UserGuide/user-data.html`,
    type: 'AWS::EC2::Instance',
    properties: {
      ImageId: 'ami-1',
      UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 cp /x s3://b --region ${AWS::Region}\n' } },
    },
  },
  'an SDK call at deployment in the Region': {
    source: `${AWS_DOCS}/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html`,
    type: 'Custom::AWS',
    properties: {
      ServiceToken: { 'Fn::GetAtt': ['Handler', 'Arn'] },
      Create: '{"service":"SSM","action":"getParameter","region":"eu-central-1","parameters":{"Name":"/a"}}',
    },
    around: { Resources: { Handler: { Type: LAMBDA, Properties: { ...code, Code: zip } } } },
  },
  'an aggregator over all Regions': {
    source: `${AWS_DOCS}/config/latest/developerguide/aggregate-data.html`,
    type: 'AWS::Config::ConfigurationAggregator',
    properties: { AccountAggregationSources: [{ AccountIds: ['111122223333'], AllAwsRegions: true }] },
  },
  "a mapping of images whose other rows aren't reachable": {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html`,
    type: LAMBDA,
    properties: variables({ QUEUE: { 'Fn::FindInMap': ['Queues', { Ref: 'AWS::Region' }, 'url'] } }),
    around: {
      Mappings: {
        Queues: {
          'eu-central-1': { url: 'https://sqs.eu-central-1.amazonaws.com/1/q' },
          'us-east-1': { url: 'https://sqs.us-east-1.amazonaws.com/1/q' },
        },
      },
    },
  },
  'a branch for another Region, which is never taken here': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html`,
    type: LAMBDA,
    properties: variables({ BUS: { 'Fn::If': ['InVirginia', 'us-east-1', 'eu-central-1'] } }),
    around: { Conditions: { InVirginia: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } } },
  },
  'a package that a start script downloads from the global S3 host': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/monitoring/download-cloudwatch-agent-commandline.html`,
    type: 'AWS::EC2::Instance',
    properties: {
      UserData: {
        'Fn::Base64':
          '#!/bin/bash\nwget https://s3.amazonaws.com/amazoncloudwatch-agent/debian/amd64/latest/amazon-cloudwatch-agent.deb\n',
      },
    },
  },
  'a saved query': {
    source: `${AWS_DOCS}/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html`,
    type: 'AWS::Logs::QueryDefinition',
    properties: { Name: 'foreign', QueryString: "fields @message | filter awsRegion = 'us-east-1'" },
  },
  "a budget for Virginia's costs": {
    source: `${AWS_DOCS}/cost-management/latest/userguide/budgets-create-filters.html`,
    type: 'AWS::Budgets::Budget',
    properties: {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', CostFilters: { Region: ['us-east-1'] } },
    },
  },
  'an agent with Virginia in its instructions': {
    source: `${AWS_DOCS}/bedrock/latest/userguide/agents-create.html`,
    type: 'AWS::Bedrock::Agent',
    properties: {
      AgentName: 'help',
      FoundationModel: 'eu.anthropic.claude-sonnet-4-6',
      Instruction: 'Answer questions about the outage of us-east-1, and about nothing else.',
    },
  },
};
