import { deployedTemplates } from '../support/deployed-templates';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Properties = any;

const { foundation, projects } = deployedTemplates();
const stacks = [foundation, projects];

/** Every resource of a type in the stacks through which requests of projects pass. */
const all = (type: string): Properties[] =>
  stacks.flatMap((template) => Object.values(template.findResources(type))).map(({ Properties }) => Properties);

/** Every value of a key, at any depth. */
const valuesOf = (value: unknown, key: string): unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(inner, key)));
};

test('resources that could store content are only of the types checked here', () => {
  const types = stacks.flatMap((template) => Object.values(template.toJSON().Resources as Record<string, Properties>));
  const holding = types
    .map(({ Type }) => Type as string)
    .filter((type) =>
      /^AWS::(S3|DynamoDB|Logs|SQS|SNS|Kinesis\w*|Events|EFS|XRay|Bedrock|CloudTrail|RDS|Pipes)::/.test(type),
    )
    .filter((type) => !/Policy$/.test(type));
  expect([...new Set(holding)].sort()).toEqual(HOLDING);
});

/** Each is checked below, or contains only settings and metadata. A topic receives alarms. */
const HOLDING = [
  'AWS::CloudTrail::Trail',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Rule',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
];

test('WAF samples no requests, and reads no bodies, and of headers only whether there is a key', () => {
  const acls = all('AWS::WAFv2::WebACL');
  expect(acls).toHaveLength(1);
  expect(valuesOf(acls, 'SampledRequestsEnabled').every((sampled) => sampled === false)).toBe(true);
  expect(valuesOf(acls, 'FieldToMatch')).toEqual([
    { SingleHeader: { Name: 'authorization' } },
    { SingleHeader: { Name: 'x-api-key' } },
  ]);
  expect(valuesOf(acls, 'ManagedRuleGroupStatement').map(({ Name }: Properties) => Name)).toEqual([
    'AWSManagedRulesAmazonIpReputationList',
  ]);
  expect(all('AWS::WAFv2::LoggingConfiguration').map(({ LoggingFilter }) => LoggingFilter.DefaultBehavior)).toEqual([
    'DROP',
  ]);
});

test('API Gateway has no data trace, execution log, tracing or cache', () => {
  const stages = all('AWS::ApiGateway::Stage');
  expect(stages).toHaveLength(1);
  for (const { MethodSettings, TracingEnabled, CacheClusterEnabled, CanarySetting } of stages) {
    expect(TracingEnabled).toBe(false);
    expect([CacheClusterEnabled, CanarySetting]).toEqual([undefined, undefined]);
    for (const { DataTraceEnabled, LoggingLevel, CachingEnabled = false } of MethodSettings) {
      expect([DataTraceEnabled, LoggingLevel, CachingEnabled]).toEqual([false, 'OFF', false]);
    }
  }
});

test('the access log has no field that clients control', () => {
  for (const { AccessLogSetting } of all('AWS::ApiGateway::Stage')) {
    const fields = Object.values<string>(JSON.parse(AccessLogSetting.Format));
    // `resourcePath` is `/v1/{proxy+}`, whatever was asked for.
    expect(
      fields.filter((field) => /path(?!$)|header|querystring|body|\$input|identity|authorizer/i.test(field)),
    ).toEqual([]);
    expect(fields).not.toContain('$context.path');
  }
});

test("a function's environment names tables, but nothing that requests could fill", () => {
  const functions = all('AWS::Lambda::Function');
  const gateways = functions.filter(({ Environment }) => Environment?.Variables.KEYS_TABLE_ARN !== undefined);
  expect(gateways.map(({ Environment }) => Object.keys(Environment.Variables).sort())).toEqual([
    ['KEYS_TABLE_ARN', 'READINGS_TABLE_ARN'],
  ]);
  expect(JSON.stringify(functions.map(({ Environment }) => Environment ?? null))).not.toMatch(
    /powertools|log_event|otel/i,
  );
});

test('no function has a failure destination, tracing or a persistent disk', () => {
  const functions = all('AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThan(0);
  for (const { DeadLetterConfig, TracingConfig, FileSystemConfigs, Layers, EphemeralStorage } of functions) {
    expect([DeadLetterConfig, TracingConfig, FileSystemConfigs, Layers, EphemeralStorage]).toEqual(
      Array(5).fill(undefined),
    );
  }
  expect(all('AWS::Lambda::EventInvokeConfig').flatMap(({ DestinationConfig }) => DestinationConfig ?? [])).toEqual([]);
  expect(all('AWS::Lambda::EventSourceMapping')).toEqual([]);
});

test('events come from schedules, and from calls of settings in a trail', () => {
  const patterns = all('AWS::Events::Rule').flatMap(({ EventPattern }) => EventPattern ?? []);
  for (const pattern of patterns) expect(pattern['detail-type']).toEqual(['AWS API Call via CloudTrail']);
  // A trail's event of a call of a model has no prompt and no answer. A target gets these fields of it only.
  const rules = all('AWS::Events::Rule').filter(({ EventPattern }) => EventPattern?.source.includes('aws.bedrock'));
  expect(
    rules.flatMap((rule) => valuesOf(rule, 'InputPathsMap').map((paths) => Object.values(paths as object))),
  ).toEqual([
    [
      '$.detail.eventName',
      '$.detail.awsRegion',
      '$.time',
      '$.detail.additionalEventData.inferenceRegion',
      '$.detail.eventID',
    ],
  ]);
});

test('metrics from logs count, and have no log text as a dimension', () => {
  const filters = all('AWS::Logs::MetricFilter');
  expect(filters.flatMap((filter) => valuesOf(filter, 'Dimensions'))).toEqual([]);
});

test('a trail records calls, and no log group has a subscription', () => {
  expect(all('AWS::Logs::SubscriptionFilter')).toEqual([]);
  expect(all('AWS::Logs::Destination')).toEqual([]);
  // Of a call a trail keeps its metadata; Bedrock's own log of requests is off, which another test holds.
  expect(valuesOf(all('AWS::CloudTrail::Trail'), 'InsightSelectors')).toEqual([]);
});
