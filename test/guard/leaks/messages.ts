import { AWS_DOCS, type Samples } from './leak';

const role = 'arn:aws:iam::111122223333:role/events';
const s3 = { RoleARN: role, BucketARN: { 'Fn::GetAtt': ['Failed', 'Arn'] } };
const around = { Resources: { Failed: { Type: 'AWS::S3::Bucket' } } };

/** Events, messages, streams and email delivered elsewhere. */
export const MESSAGES: Samples = {
  'a topic delivers to a queue in Virginia': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-cross-region-delivery.html`,
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'arn:aws:sns:eu-central-1:111122223333:orders',
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:us-east-1:111122223333:orders',
    },
  },
  'a topic calls a function in Virginia': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-cross-region-delivery.html`,
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'arn:aws:sns:eu-central-1:111122223333:orders',
      Protocol: 'lambda',
      Region: 'us-east-1',
      Endpoint: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
    },
  },
  'a topic delivers to a web hook': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html`,
    type: 'AWS::SNS::Subscription',
    properties: {
      TopicArn: 'arn:aws:sns:eu-central-1:111122223333:orders',
      Protocol: 'https',
      Endpoint: 'https://events.pagerduty.com/integration/1/enqueue',
    },
  },
  'a topic lists a web hook': {
    source: `${AWS_DOCS}/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html`,
    type: 'AWS::SNS::Topic',
    properties: { Subscription: [{ Protocol: 'https', Endpoint: 'https://hooks.vendor.example/in' }] },
  },
  'a queue whose dead letters go to Virginia': {
    source: `${AWS_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html`,
    type: 'AWS::SQS::Queue',
    properties: {
      RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:111122223333:dead', maxReceiveCount: 3 },
    },
  },
  'EventBridge sends to a bus in Virginia': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-cross-region.html`,
    type: 'AWS::Events::Rule',
    properties: {
      EventPattern: { source: ['orders'] },
      Targets: [{ Id: 'us', Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/default', RoleArn: role }],
    },
  },
  "EventBridge sends to a vendor's host": {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-api-destinations.html`,
    type: 'AWS::Events::ApiDestination',
    properties: {
      ConnectionArn: 'arn:aws:events:eu-central-1:111122223333:connection/vendor/1',
      HttpMethod: 'POST',
      InvocationEndpoint: 'https://api.vendor.example/events',
    },
  },
  'an EventBridge connection requests its token from a vendor': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-target-connection.html`,
    type: 'AWS::Events::Connection',
    properties: {
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          AuthorizationEndpoint: 'https://login.vendor.example/oauth/token',
          HttpMethod: 'POST',
          ClientParameters: { ClientID: 'x', ClientSecret: 'y' },
        },
      },
    },
  },
  'an EventBridge global endpoint': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-global-endpoints.html`,
    type: 'AWS::Events::Endpoint',
    properties: {
      EventBuses: [
        { EventBusArn: 'arn:aws:events:eu-central-1:111122223333:event-bus/orders' },
        { EventBusArn: 'arn:aws:events:us-east-1:111122223333:event-bus/orders' },
      ],
      RoutingConfig: { FailoverConfig: { Primary: { HealthCheck: 'x' }, Secondary: { Route: 'us-east-1' } } },
    },
  },
  'a schedule calls a function in Virginia': {
    source: `${AWS_DOCS}/scheduler/latest/UserGuide/managing-targets.html`,
    type: 'AWS::Scheduler::Schedule',
    properties: {
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: 'arn:aws:lambda:us-east-1:111122223333:function:report', RoleArn: role },
    },
  },
  'a pipe ends in Virginia': {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-pipes.html`,
    type: 'AWS::Pipes::Pipe',
    properties: {
      RoleArn: role,
      Source: 'arn:aws:sqs:eu-central-1:111122223333:orders',
      Target: 'arn:aws:sqs:us-east-1:111122223333:orders',
    },
  },
  "a pipe reads a vendor's Kafka cluster": {
    source: `${AWS_DOCS}/eventbridge/latest/userguide/eb-pipes-kafka.html`,
    type: 'AWS::Pipes::Pipe',
    properties: {
      RoleArn: role,
      Source: 'smk://pkc-1.us-east-1.aws.confluent.cloud:9092',
      SourceParameters: { SelfManagedKafkaParameters: { TopicName: 'orders' } },
      Target: 'arn:aws:sqs:eu-central-1:111122223333:orders',
    },
  },
  "a function reads a vendor's Kafka cluster": {
    source: `${AWS_DOCS}/lambda/latest/dg/with-kafka.html`,
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      FunctionName: 'orders',
      Topics: ['orders'],
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['broker.vendor.example:9092'] } },
    },
  },
  'a function reads a queue in Virginia': {
    source: `${AWS_DOCS}/lambda/latest/dg/with-sqs.html`,
    type: 'AWS::Lambda::EventSourceMapping',
    properties: { FunctionName: 'orders', EventSourceArn: 'arn:aws:sqs:us-east-1:111122223333:orders' },
  },
  'a function sends its results to Virginia': {
    source: `${AWS_DOCS}/lambda/latest/dg/invocation-async-retain-records.html`,
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'orders',
      Qualifier: '$LATEST',
      DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sqs:us-east-1:111122223333:done' } },
    },
  },
  'Firehose sends to Datadog': {
    source: `${AWS_DOCS}/firehose/latest/dev/create-destination.html#create-destination-datadog`,
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Name: 'Datadog', Url: 'https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input' },
        S3Configuration: s3,
      },
    },
    around,
  },
  'Firehose sends to New Relic': {
    source: `${AWS_DOCS}/firehose/latest/dev/create-destination.html#create-destination-new-relic`,
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Name: 'New Relic', Url: 'https://aws-api.newrelic.com/firehose/v1' },
        S3Configuration: s3,
      },
    },
    around,
  },
  'Firehose sends to Splunk': {
    source: `${AWS_DOCS}/firehose/latest/dev/create-destination.html#create-destination-splunk`,
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      SplunkDestinationConfiguration: {
        HECEndpoint: 'https://http-inputs-firehose-exemple.splunkcloud.com:443',
        HECEndpointType: 'Raw',
        HECToken: 'x',
        S3Configuration: s3,
      },
    },
    around,
  },
  'Firehose sends to Snowflake': {
    source: `${AWS_DOCS}/firehose/latest/dev/create-destination.html#create-destination-snowflake`,
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: {
      SnowflakeDestinationConfiguration: {
        AccountUrl: 'exemple.snowflakecomputing.com',
        Database: 'd',
        Schema: 's',
        Table: 't',
        RoleARN: role,
        S3Configuration: s3,
      },
    },
    around,
  },
  'Firehose sends to a bucket in an unknown place': {
    source: `${AWS_DOCS}/firehose/latest/dev/create-destination.html#create-destination-s3`,
    type: 'AWS::KinesisFirehose::DeliveryStream',
    properties: { ExtendedS3DestinationConfiguration: { RoleARN: role, BucketARN: 'arn:aws:s3:::partner-lake' } },
  },
  "an IoT rule sends to a vendor's host": {
    source: `${AWS_DOCS}/iot/latest/developerguide/https-rule-action.html`,
    type: 'AWS::IoT::TopicRule',
    properties: {
      TopicRulePayload: { Sql: "SELECT * FROM 'a'", Actions: [{ Http: { Url: 'https://iot.vendor.example/in' } }] },
    },
  },
  'an IoT rule sends to a queue in Virginia': {
    source: `${AWS_DOCS}/iot/latest/developerguide/sqs-rule-action.html`,
    type: 'AWS::IoT::TopicRule',
    properties: {
      TopicRulePayload: {
        Sql: "SELECT * FROM 'a'",
        Actions: [{ Sqs: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/in', RoleArn: role } }],
      },
    },
  },
  'an IoT rule destination at a vendor': {
    source: `${AWS_DOCS}/iot/latest/developerguide/rule-destination.html`,
    type: 'AWS::IoT::TopicRuleDestination',
    properties: { HttpUrlProperties: { ConfirmationUrl: 'https://iot.vendor.example/confirm' } },
  },
  'AppFlow takes data from Salesforce': {
    source: `${AWS_DOCS}/appflow/latest/userguide/salesforce.html`,
    type: 'AWS::AppFlow::ConnectorProfile',
    properties: {
      ConnectorProfileName: 'crm',
      ConnectorType: 'Salesforce',
      ConnectionMode: 'Public',
      ConnectorProfileConfig: {
        ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://exemple.my.salesforce.com' } },
      },
    },
  },
  'Chatbot posts to Slack': {
    source: `${AWS_DOCS}/chatbot/latest/adminguide/slack-setup.html`,
    type: 'AWS::Chatbot::SlackChannelConfiguration',
    properties: { ConfigurationName: 'alarms', SlackWorkspaceId: 'T1', SlackChannelId: 'C1', IamRoleArn: role },
  },
  'Pinpoint sends push messages through Google': {
    source: `${AWS_DOCS}/pinpoint/latest/userguide/channels-push.html`,
    type: 'AWS::Pinpoint::GCMChannel',
    properties: { ApplicationId: 'a', ApiKey: 'k' },
  },
  'SES delivers received mail to a function in Virginia': {
    source: `${AWS_DOCS}/ses/latest/dg/receiving-email-action-lambda.html`,
    type: 'AWS::SES::ReceiptRule',
    properties: {
      RuleSetName: 'in',
      Rule: {
        Actions: [{ LambdaAction: { FunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:mail' } }],
      },
    },
  },
  'an SES endpoint over several Regions': {
    source: `${AWS_DOCS}/ses/latest/dg/global-endpoints.html`,
    type: 'AWS::SES::MultiRegionEndpoint',
    properties: { EndpointName: 'e', Details: { RouteDetails: [{ Region: 'us-east-1' }] } },
  },
  'Connect streams its contacts to Virginia': {
    source: `${AWS_DOCS}/connect/latest/adminguide/data-streaming.html`,
    type: 'AWS::Connect::InstanceStorageConfig',
    properties: {
      InstanceArn: 'arn:aws:connect:eu-central-1:111122223333:instance/1',
      ResourceType: 'CONTACT_TRACE_RECORDS',
      StorageType: 'KINESIS_STREAM',
      KinesisStreamConfig: { StreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/contacts' },
    },
  },
  'MediaLive pushes to a vendor': {
    source: `${AWS_DOCS}/medialive/latest/ug/creating-a-channel-step3.html`,
    type: 'AWS::MediaLive::Channel',
    properties: { Destinations: [{ Id: 'd', Settings: [{ Url: 'rtmp://live.twitch.tv/app', StreamName: 'x' }] }] },
  },
};
