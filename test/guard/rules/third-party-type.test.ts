import { thirdPartyType } from '@/lib/guard/rules/third-party-type';
import { testRule } from './rule-tester';
import { testTypes } from './type-rows';

testTypes(
  thirdPartyType,
  {
    'AWS::AppFlow::ConnectorProfile': 'block',
    'AWS::Chatbot::SlackChannelConfiguration': 'block',
    'AWS::AWSExternalAnthropic::Workspace': 'block',
    'AWS::DirectConnect::DirectConnectGatewayAssociation': 'block',
    'AWS::DirectConnect::PrivateVirtualInterface': 'block',
    'AWS::DirectConnect::PublicVirtualInterface': 'block',
    'AWS::DirectConnect::TransitVirtualInterface': 'block',
    'AWS::EC2::VPNConnection': 'block',
    'AWS::Location::PlaceIndex': 'block',
    'AWS::NetworkManager::DirectConnectGatewayAttachment': 'block',
    'AWS::SageMaker::PartnerApp': 'block',
    'Alexa::ASK::Skill': 'block',
  },
  [
    'AWS::Events::Rule',
    'AWS::EC2::VPNGateway',
    'AWS::DirectConnect::Lag',
    'AWS::DirectConnect::DirectConnectGateway',
    'AWS::SNS::Topic',
    'AWS::ECR::PullThroughCacheRule',
  ],
);

/** A type that connects to AWS or to a third party, depending on a setting. */
const either = (type: string, compliant: Record<string, object>, violating: Record<string, object>) =>
  testRule(thirdPartyType, {
    type,
    template: {
      Parameters: { Open: { Type: 'String' } },
      Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } },
      Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
    },
    compliant: compliant as Record<string, Record<string, unknown>>,
    violating: Object.fromEntries(
      Object.entries(violating).map(([name, properties]) => [
        name,
        { properties: properties as Record<string, unknown>, found: [type] },
      ]),
    ),
  });
const given = { Ref: 'Open' };
const oneOf = (one: unknown, other: unknown) => ({ 'Fn::If': ['Chosen', one, other] });

either(
  'AWS::Bedrock::DataSource',
  {
    'a bucket': { DataSourceConfiguration: { Type: 'S3', S3Configuration: {} } },
    'either of two AWS sources': { DataSourceConfiguration: { Type: oneOf('S3', 'CUSTOM') } },
  },
  {
    'web pages': { DataSourceConfiguration: { Type: 'WEB' } },
    'a kind known only at deployment': { DataSourceConfiguration: { Type: given } },
    'a bucket, or Salesforce': { DataSourceConfiguration: { Type: oneOf('S3', 'SALESFORCE') } },
    'a bucket, or an unset value': { DataSourceConfiguration: oneOf({ Type: 'S3' }, { Ref: 'AWS::NoValue' }) },
  },
);

either(
  'AWS::DMS::Endpoint',
  {
    'a bucket': { EngineName: 's3', S3Settings: { BucketName: 'b' } },
    'a bucket, in the capitals that public templates use': { EngineName: 'S3' },
    'a named server': { EngineName: 'postgres', ServerName: 'db.example.com' },
    'a named search cluster': {
      EngineName: 'opensearch',
      ElasticsearchSettings: { EndpointUri: 'search.example.com' },
    },
    'a named broker': { EngineName: 'kafka', KafkaSettings: { Broker: 'b.example.com:9092' } },
    'a named SQL Server': { EngineName: 'sqlserver', MicrosoftSqlServerSettings: { ServerName: 'db.example.com' } },
    'a named MongoDB': { EngineName: 'mongodb', MongoDbSettings: { ServerName: 'db.example.com' } },
    'a named Redis': { EngineName: 'redis', RedisSettings: { ServerName: 'db.example.com' } },
  },
  {
    'a server named only by a secret': {
      EngineName: 'postgres',
      PostgreSqlSettings: { SecretsManagerSecretId: 's' },
    },
    'a server named in one branch': { EngineName: 'postgres', ServerName: oneOf('a', { Ref: 'AWS::NoValue' }) },
  },
);

const connection = (ConnectionType: unknown, ConnectionProperties = {}) => ({
  ConnectionInput: { ConnectionType, ConnectionProperties },
});
either(
  'AWS::Glue::Connection',
  {
    "the app's own network": connection('NETWORK'),
    'a named database': connection('JDBC', { JDBC_CONNECTION_URL: 'jdbc:mysql://db.example.com/x' }),
  },
  {
    'an unnamed database': connection('JDBC', { SECRET_ID: 's' }),
    Snowflake: connection('SNOWFLAKE', { HOST: 'x.snowflakecomputing.com' }),
    'a kind known only at deployment': connection(given),
  },
);

either(
  'AWS::Kendra::DataSource',
  { 'a bucket': { Type: 'S3' } },
  { Confluence: { Type: 'CONFLUENCE' }, 'a database': { Type: 'DATABASE' } },
);

const api = (RestApiId: unknown) => ({ ApiGateway: { RestApiId, Stage: 'prod' } });
const target = (Mcp: unknown) => ({ TargetConfiguration: { Mcp } });
either(
  'AWS::BedrockAgentCore::GatewayTarget',
  { 'a function': target({ Lambda: { LambdaArn: 'arn' } }), 'an API in the app': target(api({ Ref: 'Api' })) },
  {
    'an API that a definition describes': target({ OpenApiSchema: {} }),
    'a function, or a server': target(oneOf({ Lambda: {} }, { McpServer: {} })),
    'a kind known only at deployment': target(given),
    'an external API': target(api('a1b2c3')),
    'an API known only at deployment': target(api(given)),
    'an API, or one known only at deployment': target(api(oneOf({ Ref: 'Api' }, given))),
    'another kind next to it': { TargetConfiguration: { Mcp: { Lambda: {} }, Http: {} } },
  },
);
