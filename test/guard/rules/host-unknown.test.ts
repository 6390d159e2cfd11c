import { hostUnknown } from '@/lib/guard/rules/host-unknown';
import { findingsOf, testRule } from './rule-tester';

const integration = (Uri: unknown) => ({ Integration: { Uri } });

testRule(hostUnknown, {
  type: 'AWS::ApiGateway::Method',
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: { Custom: { Type: 'Custom::X' }, Fn: { Type: 'AWS::Lambda::Function' } },
  },
  compliant: {
    'a function in the app': integration({
      'Fn::Sub': 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
    }),
    'a service in the Region': integration('https://sqs.eu-central-1.amazonaws.com/1/q'),
    'a load balancer in the app': integration({ 'Fn::Sub': 'http://${Fn.DNSName}/x' }),
    'a known host outside the boundary, which the value scan reports': integration('https://api.openai.com/v1'),
  },
  violating: {
    'an unknown host': {
      properties: integration('https://api.example.org/v1'),
      found: ['api.example.org'],
      level: 'unresolved',
    },
    'a host that contains the account': {
      properties: integration({ 'Fn::Sub': 'https://${AWS::AccountId}.example.org/' }),
      found: ['own.example.org'],
      level: 'unresolved',
    },
    'a path that contains the account': {
      properties: integration({ 'Fn::Sub': 'https://example.org/${AWS::AccountId}' }),
      found: ['example.org'],
      level: 'unresolved',
    },
    "a custom resource's output": {
      properties: integration({ 'Fn::GetAtt': ['Custom', 'Url'] }),
      found: ['/Properties/Integration/Uri'],
      level: 'unresolved',
    },
    'user information': {
      properties: integration('https://sqs.eu-west-1.amazonaws.com@example.org/'),
      found: ['sqs.eu-west-1.amazonaws.com@example.org'],
      level: 'unresolved',
    },
    'a host known only at deployment': {
      properties: integration({ 'Fn::Sub': 'https://${Open}/v1' }),
      found: ['https://<unresolved>/v1'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['inside', 'FR', []],
  ['outside', 'CH', [['block', { country: 'CH' }]]],
])('a host declared %s', (_, country, expected) => {
  const rows = { type: 'AWS::ApiGateway::Method', places: [{ host: 'api.example.org', country, reason: 'contract' }] };
  expect(
    findingsOf(hostUnknown, integration('https://api.example.org/v1'), rows).map(({ level, place }) => [level, place]),
  ).toEqual(expected);
});

test("the stack's name isn't a host", () => {
  const findings = findingsOf(hostUnknown, { ServerName: { Ref: 'AWS::StackName' } }, { type: 'AWS::DMS::Endpoint' });
  expect(findings.map(({ level }) => level)).toEqual(['unresolved']);
});

/** Hosts in maps whose keys another system defines. */
const named = (type: string, at: (host: unknown) => Record<string, unknown>, host = 'collector.example.org') =>
  testRule(hostUnknown, {
    type,
    template: {
      Parameters: { Open: { Type: 'String' } },
      Resources: { Db: { Type: 'AWS::RDS::DBInstance' } },
    },
    places: [{ host: '*.example.de', country: 'DE', reason: 'our own' }],
    compliant: {
      'a declared host': at('https://login.example.de/x'),
      'a host of a resource in the app': at({ 'Fn::Sub': 'https://${Db.Endpoint.Address}/x' }),
      'a service in the Region': at('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a'),
      'an address of the own network': at('https://10.1.2.3/x'),
      'an empty text': at(''),
    },
    violating: {
      'an unknown host': { properties: at(`https://${host}/x`), found: [host], level: 'unresolved' },
      'a host known only at deployment': {
        properties: at({ 'Fn::Sub': 'https://${Open}/x' }),
        found: ['https://<unresolved>/x'],
        level: 'unresolved',
      },
    },
  });

named('AWS::Cognito::UserPoolIdentityProvider', (host) => ({ ProviderDetails: { oidc_issuer: host, client_id: 'x' } }));
named('AWS::Cognito::UserPoolIdentityProvider', (host) => ({ ProviderDetails: { MetadataURL: host } }));
named('AWS::WorkSpacesWeb::IdentityProvider', (host) => ({ IdentityProviderDetails: { token_url: host } }));
named('AWS::KafkaConnect::Connector', (host) => ({
  ConnectorConfiguration: { 'connection.url': host, topics: 'a.b' },
}));
named('AWS::KafkaConnect::Connector', (host) => ({ ConnectorConfiguration: { 'snowflake.url.name': host } }));
named('AWS::IoT::TopicRule', (host) => ({
  TopicRulePayload: { Actions: [{ Kafka: { ClientProperties: { 'bootstrap.servers': host, acks: '1' } } }] },
}));
named('AWS::Glue::Connection', (host) => ({ ConnectionInput: { ConnectionProperties: { CONNECTION_URL: host } } }));
named('AWS::EC2::VerifiedAccessTrustProvider', (host) => ({ OidcOptions: { TokenEndpoint: host, Issuer: 'any' } }));
named('AWS::Grafana::Workspace', (host) => ({ SamlConfiguration: { IdpMetadata: { Url: host } } }));

test.each([
  ['jdbc:postgresql://db.example.org:5432/x', ['db.example.org']],
  ['jdbc:oracle:thin:@//db.example.org:1521/x', ['db.example.org']],
  ['jdbc:oracle:thin:@db.example.org:1521:x', ['db.example.org']],
  ['jdbc:sqlserver://db.example.org;databaseName=x', ['db.example.org']],
  ['mongodb://docdb.cluster-x.eu-central-1.docdb.amazonaws.com:27017,db.example.org:27017/x', ['db.example.org']],
  ['b-1.x.c2.kafka.eu-central-1.amazonaws.com:9092,b-2.example.org:9092', ['b-2.example.org']],
  ['localhost:9092,192.168.1.4:9092,kafka.corp.internal:9092', []],
  ['8.8.8.8', ['8.8.8.8']],
  ['jdbc:sqlserver://10.0.0.1;serverName=db.example.org', ['db.example.org']],
  ['jdbc:sqlserver://10.0.0.1;server = db.example.org;port=1', ['db.example.org']],
  ['jdbc:sqlserver://10.0.0.1;failoverPartner=db.example.org', ['db.example.org']],
  ['jdbc:mysql://10.0.0.1:3306,db.example.org:3306/x', ['db.example.org']],
])('the hosts of %s', (HOST, expected) => {
  const properties = { ConnectionInput: { ConnectionProperties: { HOST } } };
  expect(findingsOf(hostUnknown, properties, { type: 'AWS::Glue::Connection' }).map(({ value }) => value)).toEqual(
    expected,
  );
});

test.each([
  'https://10.0.0.1@example.org/',
  'https://10.0.0.1:x@example.org/',
  'https://api.corp.internal:x@example.org/',
  'https://10.0.0.1\\@example.org/',
  'https://api.local\\.example.org/',
  '10.0.0.1:443@example.org',
  'jdbc:mysql://10.0.0.1:x@example.org/db',
  '10.0.0.1.nip.io',
  'https://10.0.0.1.example.org/',
  'https://api.internal.example.org/',
  'https://internal/',
  'https://api.local./',
  'https://api.internal.com/',
  'https://xinternal/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://010.0.0.1/',
  'https://10.1/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::ffff:0a00:0001]/',
  'https://169.254.169.254/',
  'https://172.32.0.1/',
  '${Open}.internal',
  'https://${Open}.local/',
])("%s isn't a private address", (host) => {
  const found = findingsOf(
    hostUnknown,
    { ConnectionInput: { ConnectionProperties: { HOST: { 'Fn::Sub': host } } } },
    { type: 'AWS::Glue::Connection', template: { Parameters: { Open: { Type: 'String' } } } },
  );
  expect(found.map(({ level }) => level)).toEqual(['unresolved']);
});

testRule(hostUnknown, {
  type: 'AWS::IAM::SAMLProvider',
  template: { Parameters: { Open: { Type: 'String' } } },
  places: [{ host: 'login.example.de', country: 'DE', reason: 'our own' }],
  compliant: { 'a declared host': { SamlMetadataDocument: '<a Location="https://login.example.de/x"/>' } },
  violating: {
    'unknown hosts': {
      properties: {
        SamlMetadataDocument: `<a Location = 'https://a.example.org/'/><a Location="https://b.example.org"/>`,
      },
      found: ['a.example.org', 'b.example.org'],
      level: 'unresolved',
    },
    'metadata without a host': {
      properties: { SamlMetadataDocument: '<a/>' },
      found: ['/Properties/SamlMetadataDocument'],
      level: 'unresolved',
    },
    'metadata known only at deployment': {
      properties: { SamlMetadataDocument: { Ref: 'Open' } },
      found: ['/Properties/SamlMetadataDocument'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['8.8.8.8', ['8.8.8.8']],
  ['10.0.0.2', []],
])('queries forwarded to %s', (Ip, expected) => {
  const found = findingsOf(hostUnknown, { TargetIps: [{ Ip }] }, { type: 'AWS::Route53Resolver::ResolverRule' });
  expect(found.map(({ value }) => value)).toEqual(expected);
});
