import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import type { Json } from '@/lib/guard/template/parse';
import { type PlanRow, planOf, to } from '../../support/plan';
import { findingsOn } from './support';

const COUNT = 8000;

/** The resources that most configurations have, with the values that a plan has unknown. */
const ROWS: readonly ((id: string) => PlanRow)[] = [
  (id) => ({
    type: 'aws_s3_bucket',
    name: id,
    values: { bucket: id, tags: { team: id } },
    unknown: { arn: true, id: true },
  }),
  (id) => ({
    type: 'aws_sqs_queue',
    name: id,
    values: { name: id, kms_master_key_id: 'alias/x' },
    unknown: { arn: true },
  }),
  (id) => ({
    type: 'aws_sns_topic_subscription',
    name: id,
    values: { protocol: 'sqs', topic_arn: `arn:aws:sns:eu-central-1:111122223333:${id}` },
    unknown: { endpoint: true },
    expressions: { protocol: { constant_value: 'sqs' }, endpoint: to(`aws_sqs_queue.${id}`, 'arn') },
  }),
  (id) => ({
    type: 'aws_dynamodb_table',
    name: id,
    values: { hash_key: 'pk', attribute: [{ name: 'pk', type: 'S' }] },
  }),
  (id) => ({
    type: 'aws_iam_role_policy',
    name: id,
    values: {
      policy: JSON.stringify({
        Statement: [
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-central-1:111122223333:${id}` },
        ],
      }),
    },
  }),
];

const TEMPLATES: readonly ((id: string) => object)[] = [
  (id) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: id, Tags: [{ Key: 'team', Value: id }] } }),
  (id) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: id, KmsMasterKeyId: 'alias/x' } }),
  (id) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'sqs',
      TopicArn: `arn:aws:sns:eu-central-1:111122223333:${id}`,
      Endpoint: { 'Fn::GetAtt': [`R${Number(id.slice(1)) - 1}`, 'Arn'] },
    },
  }),
  () => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    },
  }),
  (id) => ({
    Type: 'AWS::IAM::RolePolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:eu-central-1:111122223333:${id}` },
        ],
      },
    },
  }),
];

/** Milliseconds of processor time that a text takes to parse and check. */
function processorTime(text: string, check: (document: object) => unknown): number {
  const before = process.cpuUsage();
  check(JSON.parse(text));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('a plan takes at most twice the time of a template with as many resources', () => {
  const ids = Array.from({ length: COUNT }, (_, index) => `r${index}`);
  const plan = JSON.stringify(planOf(ids.map((id, index) => (ROWS[index % ROWS.length] as (typeof ROWS)[0])(id))));
  const resources = ids.map((id, index) => [
    `R${index}`,
    (TEMPLATES[index % TEMPLATES.length] as (typeof TEMPLATES)[0])(id),
  ]);
  const template = JSON.stringify({ Resources: Object.fromEntries(resources) });
  const options = { boundary: ResidencyBoundary.eu(), deployRegions: ['eu-central-1'] };
  const inputOf = (document: object) => ({ file: 'a.json', stack: 'a', group: 'a', template: document as Json });
  const ofPlan = () => processorTime(plan, (document) => findingsOn(document));
  const ofTemplate = () =>
    processorTime(template, (document) => checkInputs({ templates: [inputOf(document)], unreadable: [] }, options));
  // The first run of each compiles the code.
  ofPlan();
  ofTemplate();
  const times = Array.from({ length: 5 }, () => [ofPlan(), ofTemplate()] as const);
  const least = (side: 0 | 1) => Math.min(...times.map((pair) => pair[side]));
  process.stdout.write(`plan of ${COUNT} resources: ${least(0).toFixed(0)} ms, template: ${least(1).toFixed(0)} ms\n`);
  expect(least(0)).toBeLessThan(2 * least(1));
});
