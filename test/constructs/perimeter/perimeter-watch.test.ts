import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { PerimeterWatch, type PerimeterWatchProps } from '@/lib/constructs/perimeter/perimeter-watch';
import { WATCHED_SOURCES } from '@/lib/contract/watched-calls';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { alarmsOf } from '../../support/alarms';

const boundary = ResidencyBoundary.eu();
const alerts = Alerts.to('security@example.eu');
const env = { account: '111122223333', region: 'eu-central-1' };

function templateOf(props: Partial<PerimeterWatchProps> = { alerts }, app = new App()) {
  const stack = new Stack(app, 'Test', { env });
  new PerimeterWatch(stack, 'Watch', { boundary, ...props });
  return Template.fromStack(stack);
}
const template = templateOf();

test('the trail has the changing calls of every Region, and no use of data', () => {
  template.hasResourceProperties('AWS::CloudTrail::Trail', {
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
    KMSKeyId: Match.anyValue(),
    CloudWatchLogsLogGroupArn: Match.anyValue(),
    AdvancedEventSelectors: [
      {
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'readOnly', Equals: ['false'] },
        ],
      },
    ],
  });
});

test('the function reads the services whose calls are watched, and calls none', () => {
  const [filter] = Object.values(template.findResources('AWS::Logs::SubscriptionFilter'));
  const pattern: string = filter?.Properties.FilterPattern;
  expect([...pattern.matchAll(/eventSource = "([^"]+)"/g)].map(([, source]) => source)).toEqual(WATCHED_SOURCES);
  // The most that CloudWatch Logs accepts.
  expect(pattern.length).toBeLessThanOrEqual(1024);
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const actions = policies.flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
  );
  expect([...new Set(actions)].sort()).toEqual([
    'events:PutEvents',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sns:Publish',
  ]);
});

test('an answer with a text reaches the topic', () => {
  const rules = template.findResources('AWS::Events::Rule');
  const published = Object.values(rules).map(({ Properties }) => [
    Properties.EventPattern.source,
    Properties.Targets[0].InputTransformer.InputPathsMap,
  ]);
  expect(published).toContainEqual([['lambda'], { 'detail-responsePayload-text': '$.detail.responsePayload.text' }]);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnSuccess: { Destination: Match.anyValue() } },
  });
});

test('what stops the reports is sent without them, and their failures raise an alarm', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.cloudtrail', 'aws.events', 'aws.lambda', 'aws.logs', 'aws.sns'],
      detail: { $or: Match.arrayWith([{ eventName: ['DeleteTrail', 'StopLogging'] }]) },
    },
    Targets: [{ RoleArn: Match.anyValue() }],
  });
  expect(alarmsOf(template)).toEqual([
    expect.objectContaining({ MetricName: 'Errors', AlarmActions: [expect.anything()] }),
  ]);
});

test('a change of the own trail is sent without it, by its name and its ARN', () => {
  const [trail] = Object.values(template.findResources('AWS::CloudTrail::Trail'));
  const wildcard = `*${trail?.Properties.TrailName}`;
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      detail: {
        $or: Match.arrayWith([
          { eventName: ['UpdateTrail'], requestParameters: { name: [{ wildcard }] } },
          { eventName: ['PutEventSelectors'], requestParameters: { trailName: [{ wildcard }] } },
        ]),
      },
    },
  });
});

test('the function and the second rule watch the rules of each other, also by hand', () => {
  const names = Object.values(template.findResources('AWS::Events::Rule')).flatMap(
    ({ Properties }) => Properties.Name ?? [],
  );
  expect(names).toEqual([expect.stringMatching(/-reports$/), expect.stringMatching(/-itself$/)]);
  const [reports] = names;
  template.hasResourceProperties('AWS::Events::Rule', {
    Name: Match.stringLikeRegexp('-itself$'),
    EventPattern: {
      detail: {
        $or: Match.arrayWith([
          { eventName: ['DeleteRule', 'DisableRule', 'PutRule'], requestParameters: { name: [reports] } },
          { eventName: ['PutTargets', 'RemoveTargets'], requestParameters: { rule: [reports] } },
        ]),
      },
    },
  });
});

test('the pattern of the second rule is within the size that EventBridge accepts', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::Events::Rule')))
    expect(JSON.stringify(Properties.EventPattern).length).toBeLessThanOrEqual(4096);
});

test('changes of the topic, and the end of a key of the reports, are sent too', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      detail: {
        $or: Match.arrayWith([
          { eventName: ['DeleteTopic', 'SetTopicAttributes'], requestParameters: { topicArn: [Match.anyValue()] } },
          {
            eventName: ['SetSubscriptionAttributes', 'Unsubscribe'],
            requestParameters: { subscriptionArn: [{ prefix: Match.anyValue() }] },
          },
        ]),
      },
    },
  });
  const [keys] = Object.values(template.findResources('AWS::Events::Rule')).flatMap(
    ({ Properties }) => Properties.EventPattern.detail.resources ?? [],
  );
  // That of the trail, and that of the topic, which no foundation watches.
  expect(keys.ARN).toHaveLength(2);
});

test('reports reach a topic of another account', () => {
  const topic = 'arn:aws:sns:eu-central-1:444455556666:alerts';
  const rules = Object.values(templateOf({ alerts: Alerts._throughArn(topic) }).findResources('AWS::Events::Rule'));
  const targets = rules.map(({ Properties }) => Properties.Targets);
  expect(targets).toHaveLength(3);
  for (const [target, ...others] of targets) {
    expect([target.Arn, others]).toEqual([topic, []]);
    expect(target).toMatchObject({ RoleArn: expect.anything(), InputTransformer: expect.anything() });
  }
});

test('the guard accepts it', () => {
  const app = new ResidencyApp({ boundary });
  templateOf(undefined, app);
  expect(app.summary).toMatch(/^\d+ resources checked, 0 blocking findings/);
});

test.each([
  ['no recipient', {}, 'neither'],
  ['a Region outside the boundary', { alerts, boundary: ResidencyBoundary.countries('IE') }, 'inside'],
  ['a boundary that no policy protects', { alerts, policyName: 'own' }, "must end with '-residency-boundary'"],
])('%s is refused', (_, props: Partial<PerimeterWatchProps>, expected) => {
  expect(() => templateOf(props)).toThrow(expected);
});
