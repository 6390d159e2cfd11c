import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { KeyWatch } from '@/lib/constructs/foundation/key-watch';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { deployedTemplates } from '../../support/deployed-templates';
import { DEPLOYMENT, deploymentStacks, EU, FAST } from '../../support/deployment';
import { stackIn } from '../../support/in-region';
import { statementsOfRole } from '../../support/provider-assets';

const SECURITY = 'security@example.eu';

function synthesize(alerts: Alerts | ((stack: ReturnType<typeof stackIn>) => Alerts)) {
  const stack = stackIn('eu-central-1');
  const chosen = alerts instanceof Alerts ? alerts : alerts(stack);
  const foundation = new Foundation(stack, 'Shared', { boundary: EU, models: [FAST], alerts: chosen });
  return { stack, foundation, template: Template.fromStack(stack) };
}

const { stack, template } = synthesize(Alerts.to(SECURITY, 'https://hooks.example.eu/alerts', SECURITY));

test('each address gets one subscription, with its protocol', () => {
  const subscriptions = Object.values(template.findResources('AWS::SNS::Subscription'));
  expect(subscriptions.map(({ Properties: { Protocol, Endpoint } }) => [Protocol, Endpoint])).toEqual([
    ['email', SECURITY],
    ['https', 'https://hooks.example.eu/alerts'],
  ]);
});

describe('the topic', () => {
  const policy = Object.values(template.findResources('AWS::SNS::TopicPolicy'))[0]?.Properties.PolicyDocument;
  const alarm = {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:eu-central-1:111122223333:alarm:*']],
  };
  const onBehalf = { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': alarm } };

  test('has its own key, which only alarms of its account and Region and the publisher can use', () => {
    const [topic] = Object.values(template.findResources('AWS::SNS::Topic'));
    const [id] = topic?.Properties.KmsMasterKeyId['Fn::GetAtt'] ?? [];
    const statements = template.toJSON().Resources[id].Properties.KeyPolicy.Statement;
    expect(statements.filter(({ Sid }: { Sid?: string }) => Sid !== 'AccountManages')).toEqual([
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: '*',
        Condition: onBehalf,
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': ['sns.eu-central-1.amazonaws.com'] },
          ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/AlertsPublisher/), 'Arn'] } },
        },
      },
    ]);
  });

  test('accepts alarms of its account and Region, and only over TLS', () => {
    expect(policy.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Sid: 'Alarms',
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: onBehalf,
      }),
    ]);
  });

  test('receives events from EventBridge through a role without other permissions', () => {
    const actions = statementsOfRole(template, 'Publishes key events from EventBridge to the alerts topic').flatMap(
      ({ Action }) => Action,
    );
    expect([...new Set(actions)].sort()).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'sns:Publish',
    ]);
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: 'Publishes key events from EventBridge to the alerts topic',
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      }),
    });
  });

  test('that exists is used, without a new key or subscription', () => {
    const made = synthesize((scope) =>
      Alerts.through(new sns.Topic(scope, 'Given', { masterKey: new kms.Key(scope, 'Own') })),
    );
    made.template.resourceCountIs('AWS::SNS::Topic', 1);
    made.template.resourceCountIs('AWS::SNS::Subscription', 0);
    expect(made.foundation.alertTopic.node.id).toBe('Given');
    expect(statementsOfRole(made.template, 'Publishes key events from EventBridge to the alerts topic')).toHaveLength(
      2,
    );
  });

  test('in another Region is refused', () => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:alerts';
    expect(() => synthesize((scope) => Alerts.through(sns.Topic.fromTopicArn(scope, 'Given', arn)))).toThrow(
      "Chat/Shared/Alerts: the topic of 'alerts' must be in eu-central-1, the Region of its stack, because alarms can't publish to another Region, got " +
        "a topic in 'eu-west-1'; pass a topic in eu-central-1, or addresses with Alerts.to",
    );
  });
});

describe('no recipient', () => {
  test('needs a reason, which the stack outputs', () => {
    const none = synthesize(Alerts.none('a rehearsal'));
    none.template.resourceCountIs('AWS::SNS::Subscription', 0);
    none.template.resourceCountIs('AWS::CloudWatch::Alarm', 8);
    expect(none.foundation.alertSummary).toBe('alarms notify no one: a rehearsal');
    expect(() => Alerts.none(' ')).toThrow(
      'Alerts.none needs a reason because alarms without a recipient are a decision',
    );
  });

  // A resource that other stacks import can't be deleted before they are deployed, and they are deployed later.
  test('retains the resources that other stacks refer to, so that it can change at any time', () => {
    const without = deploymentStacks({ ...DEPLOYMENT, alerts: { kind: 'none', reason: 'a rehearsal' } });
    const exported = (one: Template) => Object.keys(one.toJSON().Outputs);
    expect(exported(Template.fromStack(without.foundation))).toEqual(exported(deployedTemplates().foundation));
  });
});

test.each([
  ['none', [], 'got none'],
  ['a word', ['security'], "got 'security'"],
  ['a URL without TLS', ['http://example.eu/x'], "got 'http://example.eu/x'"],
  ['a URL with a password', ['https://a:b@example.eu/x'], "got 'https://a:b@example.eu/x'"],
])('addresses that are %s are refused', (_, addresses, message) => {
  expect(() => Alerts.to(...addresses)).toThrow(message);
});

test('a deployment without alerts is refused', () => {
  expect(() => deploymentStacks({ ...DEPLOYMENT, alerts: undefined })).toThrow(
    "deployment 'exemple' must name recipients of alarms, got none; write 'alerts: [security@example.eu]', or 'alerts: { none: " +
      "<why there are no recipients> }'",
  );
});

test('a notified host that is not declared as a place is refused', () => {
  const app = new ResidencyApp({ boundary: EU });
  const alerts = { kind: 'to', addresses: ['https://hooks.example.eu/x'] } as const;
  deploymentStacks({ ...DEPLOYMENT, alerts, workspaces: [], projects: [] }, { app });
  expect(() => app.synth()).toThrow('hooks.example.eu');
});

describe('keys', () => {
  const stacks = Object.entries({
    ...deployedTemplates(),
    ledger: Template.fromStack(deploymentStacks().ledger as Stack),
  });
  const rules = stacks.flatMap(([name, one]) =>
    Object.values(
      one.findResources('AWS::Events::Rule', { Properties: { EventPattern: { source: ['aws.kms'] } } }),
    ).map(({ Properties }) => ({ stack: name, ...Properties })),
  );

  test('of every stack are all watched', () => {
    const watched = rules.flatMap(({ stack: name, EventPattern }) =>
      EventPattern.detail.resources.ARN.map((arn: { 'Fn::GetAtt': [string] }) => `${name} ${arn['Fn::GetAtt'][0]}`),
    );
    const keys = stacks.flatMap(([name, one]) =>
      Object.keys(one.findResources('AWS::KMS::Key')).map((id) => `${name} ${id}`),
    );
    expect(watched.sort()).toEqual(keys.sort());
    expect(keys).toHaveLength(7);
  });

  test('that are disabled or scheduled for deletion are reported by IDs only', () => {
    for (const { EventPattern, Targets } of rules) {
      expect(EventPattern).toMatchObject({
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventName: ['DisableKey', 'ScheduleKeyDeletion'], errorCode: [{ exists: false }] },
      });
      expect(Targets).toHaveLength(1);
      expect(Object.values(Targets[0].InputTransformer.InputPathsMap).sort()).toEqual([
        '$.detail.eventID',
        '$.detail.eventName',
        '$.detail.resources[0].ARN',
        '$.time',
      ]);
      expect(Targets[0].RoleArn).toBeDefined();
    }
  });

  test("of the app's own can be watched too", () => {
    const shared = stackIn('eu-central-1', 'Shared');
    const foundation = new Foundation(shared, 'F', { boundary: EU, models: [FAST], alerts: Alerts.to(SECURITY) });
    const later = stackIn('eu-central-1', 'Later', shared.node.root as App);
    new KeyWatch(later, 'Watch', { foundation, keys: [new kms.Key(later, 'Key')] });
    Template.fromStack(later).resourceCountIs('AWS::Events::Rule', 1);
  });
});

test('no resource of alerts names a Region outside the boundary', () => {
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/us-east-1|eu-west-2|eu-central-2/);
});
