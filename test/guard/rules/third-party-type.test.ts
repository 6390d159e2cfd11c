import { thirdPartyType } from '@/lib/guard/rules/third-party-type';
import { testRule } from './rule-tester';
import { testTypes } from './type-rows';

testTypes(
  thirdPartyType,
  {
    'AWS::AppFlow::ConnectorProfile': 'block',
    'AWS::Chatbot::SlackChannelConfiguration': 'block',
    'AWS::AWSExternalAnthropic::Workspace': 'block',
    'AWS::Location::PlaceIndex': 'block',
    'AWS::SageMaker::PartnerApp': 'block',
    'Alexa::ASK::Skill': 'block',
  },
  ['AWS::Events::Rule', 'AWS::EC2::VPNGateway', 'AWS::SNS::Topic', 'AWS::ECR::PullThroughCacheRule'],
);

/** A type that connects to AWS or to a third party, as a setting says. */
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
    'one or the other, both of AWS': { DataSourceConfiguration: { Type: oneOf('S3', 'CUSTOM') } },
  },
  {
    'pages of the web': { DataSourceConfiguration: { Type: 'WEB' } },
    'a kind given at deploy': { DataSourceConfiguration: { Type: given } },
    'a bucket, or Salesforce': { DataSourceConfiguration: { Type: oneOf('S3', 'SALESFORCE') } },
    'a bucket, or nothing that is said': { DataSourceConfiguration: oneOf({ Type: 'S3' }, { Ref: 'AWS::NoValue' }) },
  },
);

either(
  'AWS::DMS::Endpoint',
  {
    'a bucket': { EngineName: 's3', S3Settings: { BucketName: 'b' } },
    'a bucket, in the capitals that public templates use': { EngineName: 'S3' },
    'a server that is named': { EngineName: 'postgres', ServerName: 'db.example.com' },
  },
  {
    'a server that only a secret names': {
      EngineName: 'postgres',
      PostgreSqlSettings: { SecretsManagerSecretId: 's' },
    },
    'a server that is named in one branch': { EngineName: 'postgres', ServerName: oneOf('a', { Ref: 'AWS::NoValue' }) },
  },
);

const connection = (ConnectionType: unknown, ConnectionProperties = {}) => ({
  ConnectionInput: { ConnectionType, ConnectionProperties },
});
either(
  'AWS::Glue::Connection',
  {
    'the own network': connection('NETWORK'),
    'a database that is named': connection('JDBC', { JDBC_CONNECTION_URL: 'jdbc:mysql://db.example.com/x' }),
  },
  {
    'a database that is not': connection('JDBC', { SECRET_ID: 's' }),
    Snowflake: connection('SNOWFLAKE', { HOST: 'x.snowflakecomputing.com' }),
    'a kind given at deploy': connection(given),
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
  { 'a function': target({ Lambda: { LambdaArn: 'arn' } }), 'an API of the app': target(api({ Ref: 'Api' })) },
  {
    'an API that a definition describes': target({ OpenApiSchema: {} }),
    'a function, or a server': target(oneOf({ Lambda: {} }, { McpServer: {} })),
    'a kind given at deploy': target(given),
    'an API elsewhere': target(api('a1b2c3')),
    'an API given at deploy': target(api(given)),
    'an API, or one given at deploy': target(api(oneOf({ Ref: 'Api' }, given))),
    'another kind beside it': { TargetConfiguration: { Mcp: { Lambda: {} }, Http: {} } },
  },
);
