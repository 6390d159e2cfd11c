import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { deploymentStacks } from '../support/deployment';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Properties = any;

let stacks: Template[];
beforeAll(() => {
  const { foundation, projects } = deploymentStacks();
  stacks = [foundation, projects as Stack].map((stack) => Template.fromStack(stack));
});

/** Every resource of a type, in what requests of projects pass through. */
const all = (type: string): Properties[] =>
  stacks.flatMap((template) => Object.values(template.findResources(type))).map(({ Properties }) => Properties);

/** Every value of a key, at any depth. */
const valuesOf = (value: unknown, key: string): unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(inner, key)));
};

test('nothing that holds what passes is of a type that was never looked at', () => {
  const types = stacks.flatMap((template) => Object.values(template.toJSON().Resources as Record<string, Properties>));
  const holding = types
    .map(({ Type }) => Type as string)
    .filter((type) =>
      /^AWS::(S3|DynamoDB|Logs|SQS|SNS|Kinesis\w*|Events|EFS|XRay|Bedrock|CloudTrail|RDS|Pipes)::/.test(type),
    )
    .filter((type) => !/Policy$/.test(type));
  expect([...new Set(holding)].sort()).toEqual(HOLDING);
});

/** Each is looked at below, or holds settings and metadata alone; a topic is told of alarms. */
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

test('WAF samples no request, and reads no body and no header', () => {
  const acls = all('AWS::WAFv2::WebACL');
  expect(acls).toHaveLength(1);
  expect(valuesOf(acls, 'SampledRequestsEnabled').every((sampled) => sampled === false)).toBe(true);
  expect(valuesOf(acls, 'FieldToMatch')).toEqual([]);
  expect(valuesOf(acls, 'ManagedRuleGroupStatement').map(({ Name }: Properties) => Name)).toEqual([
    'AWSManagedRulesAmazonIpReputationList',
  ]);
  expect(all('AWS::WAFv2::LoggingConfiguration').map(({ LoggingFilter }) => LoggingFilter.DefaultBehavior)).toEqual([
    'DROP',
  ]);
});

test('API Gateway keeps no data trace, no execution log, no trace and no cache', () => {
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

test('the access log has no field that a client fills', () => {
  for (const { AccessLogSetting } of all('AWS::ApiGateway::Stage')) {
    const fields = Object.values<string>(JSON.parse(AccessLogSetting.Format));
    // `resourcePath` is `/v1/{proxy+}`, whatever was asked for.
    expect(
      fields.filter((field) => /path(?!$)|header|querystring|body|\$input|identity|authorizer/i.test(field)),
    ).toEqual([]);
    expect(fields).not.toContain('$context.path');
  }
});

test("a function's environment names tables, and nothing that a request could fill", () => {
  const functions = all('AWS::Lambda::Function');
  const gateways = functions.filter(({ Environment }) => Environment?.Variables.KEYS_TABLE_ARN !== undefined);
  expect(gateways.map(({ Environment }) => Object.keys(Environment.Variables).sort())).toEqual([
    ['KEYS_TABLE_ARN', 'READINGS_TABLE_ARN'],
  ]);
  expect(JSON.stringify(functions.map(({ Environment }) => Environment ?? null))).not.toMatch(
    /powertools|log_event|otel/i,
  );
});

test('no function passes on what it could not do, traces, or has a disk that outlives it', () => {
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

test('events are of the clock, and of calls of settings as a trail records them', () => {
  const patterns = all('AWS::Events::Rule').flatMap(({ EventPattern }) => EventPattern ?? []);
  for (const pattern of patterns) expect(pattern['detail-type']).toEqual(['AWS API Call via CloudTrail']);
  expect(valuesOf(patterns, 'source').flat()).not.toContain('aws.bedrock');
});

test('a metric that is read from a log counts, and has no text of the log as its dimension', () => {
  const filters = all('AWS::Logs::MetricFilter');
  expect(filters.flatMap((filter) => valuesOf(filter, 'Dimensions'))).toEqual([]);
});

test('a trail records calls, and no log group is filtered into another place', () => {
  expect(all('AWS::Logs::SubscriptionFilter')).toEqual([]);
  expect(all('AWS::Logs::Destination')).toEqual([]);
  // Of a call a trail keeps its metadata; Bedrock's own log of requests is off, which another test holds.
  expect(valuesOf(all('AWS::CloudTrail::Trail'), 'InsightSelectors')).toEqual([]);
});
