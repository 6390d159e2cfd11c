import { expandAll } from '../template/expand';
import { isMap, Reference } from '../template/node';
import { knownText, type Resource } from '../template/resource';

/**
 * Types that connect to a third party or to AWS, depending on a setting. The target is known if the setting names an AWS
 * service, or a host that another rule checks.
 */
const KNOWN: Readonly<Record<string, (resource: Resource) => boolean>> = {
  'AWS::Bedrock::DataSource': (resource) =>
    isAlways(resource, ['DataSourceConfiguration', 'Type'], /^(?:S3|CUSTOM|REDSHIFT_METADATA)$/),
  'AWS::BedrockAgentCore::GatewayTarget': (resource) => callsApp(resource),
  'AWS::DMS::Endpoint': (resource) =>
    isAlways(resource, ['EngineName'], /^(?:s3|dynamodb|kinesis)$/i) ||
    DMS_SERVERS.some((path) => isGiven(resource, path)),
  'AWS::Glue::Connection': (resource) =>
    isAlways(resource, ['ConnectionInput', 'ConnectionType'], /^NETWORK$/) ||
    (isAlways(resource, ['ConnectionInput', 'ConnectionType'], /^(?:JDBC|KAFKA|MONGODB)$/) &&
      GLUE_SERVERS.some((name) => isGiven(resource, ['ConnectionInput', 'ConnectionProperties', name]))),
  'AWS::Kendra::DataSource': (resource) => isAlways(resource, ['Type'], /^(?:S3|FSX|CUSTOM)$/),
};

/** The properties by which a DMS endpoint names its server. */
const DMS_SERVERS = [
  ['ServerName'],
  ['ElasticsearchSettings', 'EndpointUri'],
  ['KafkaSettings', 'Broker'],
  ['MicrosoftSqlServerSettings', 'ServerName'],
  ['MongoDbSettings', 'ServerName'],
  ['RedisSettings', 'ServerName'],
];

/** The properties by which a Glue connection names its server. */
export const GLUE_SERVERS = ['JDBC_CONNECTION_URL', 'CONNECTION_URL', 'KAFKA_BOOTSTRAP_SERVERS', 'HOST'];

/** Whether every variant of the resource connects to AWS, or to a host that another rule checks. */
export const isConnectionTargetKnown = (resource: Resource): boolean => KNOWN[resource.type]?.(resource) === true;

const isGiven = (resource: Resource, path: string[]) =>
  resource.select(...path).length > 0 && !lacksAnywhere(resource, path);

function isAlways(resource: Resource, path: string[], values: RegExp): boolean {
  return isGiven(resource, path) && resource.select(...path).every(({ value }) => values.test(knownText(value) ?? ''));
}

/** Whether some variant lacks the property or one of its parents. */
const lacksAnywhere = (resource: Resource, path: string[]) =>
  path.some((_, index) => resource.mayLack(...path.slice(0, index + 1)));

/** Whether an agent's tools are all functions, or APIs in the app; other kinds call a host that a definition names. */
function callsApp(resource: Resource): boolean {
  const targets = resource.select('TargetConfiguration');
  return (
    targets.length > 0 &&
    targets.every(({ value }) => {
      if (!isMap(value) || Object.keys(value).join() !== 'Mcp') return false;
      return expandAll(value.Mcp, resource.scope).every((mcp) => {
        const kind = isMap(mcp) ? Object.keys(mcp).join() : '';
        return kind === 'Lambda' || (isMap(mcp) && kind === 'ApiGateway' && isOwnApi(mcp.ApiGateway, resource));
      });
    })
  );
}

/** Whether a tool is an API in the app, whose integrations are checked where they are defined. */
function isOwnApi(node: unknown, { scope }: Resource): boolean {
  return expandAll(node, scope).every(
    (api) =>
      isMap(api) &&
      expandAll(api.RestApiId, scope).every((id) => id instanceof Reference && REST_APIS.includes(id.type)),
  );
}

const REST_APIS: readonly unknown[] = ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api'];
