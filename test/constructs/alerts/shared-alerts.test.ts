import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AlertChannel } from '@/lib/constructs/alerts/alert-channel';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { notifyOutsideCalls } from '@/lib/constructs/alerts/outside-calls';
import { type AlertingDeployment, SharedAlerts } from '@/lib/constructs/alerts/shared-alerts';
import { FEATURE_FLAGS } from '@/test/support/feature-flags';

const boundary = ResidencyBoundary.eu();
const REGION = 'eu-central-1';
const TOPIC = `arn:aws:sns:${REGION}:444455556666:alerts`;
const ROLE = `sciences-foundation-alerts-${REGION}`;

const stackOf = (account: string, name: string) =>
  new Stack(new App({ context: FEATURE_FLAGS }), name, { env: { account, region: REGION } });

const shared = (...deployments: AlertingDeployment[]) => {
  const stack = stackOf('444455556666', 'platform');
  new SharedAlerts(stack, 'Alerts', { boundary, addresses: ['security@example.eu'], deployments });
  return Template.fromStack(stack);
};

test('the topic and its key name the role of each deployment, and no whole account', () => {
  const template = shared({ accountId: '111122223333', name: 'sciences' });
  const named = { ArnEquals: { 'aws:PrincipalArn': [`arn:aws:iam::111122223333:role/${ROLE}`] } };
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Sid: 'RolesOfAccounts', Action: 'sns:Publish', Condition: named }),
      ]),
    },
  });
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  const statement = key?.Properties.KeyPolicy.Statement.find(({ Sid }: { Sid: string }) => Sid === 'RolesOfAccounts');
  expect(statement.Condition).toEqual({
    ...named,
    StringEquals: { 'kms:ViaService': [`sns.${REGION}.amazonaws.com`] },
  });
});

test.each<[string, AlertingDeployment[], string]>([
  ['no deployment', [], 'at least one, each with the twelve digits of its account, got none'],
  ['an account that is a name', [{ accountId: 'sciences', name: 'sciences' }], "got 'sciences'; write { accountId:"],
])('%s is refused', (_, deployments, message) => {
  expect(() => shared(...deployments)).toThrow(message);
});

test("a deployment publishes to another account's topic with a role of a known name, from a rule of its own", () => {
  const stack = stackOf('111122223333', 'sciences-foundation');
  notifyOutsideCalls(
    stack,
    boundary,
    new AlertChannel(stack, 'Alerts', { boundary, alerts: Alerts._throughArn(TOPIC) }),
  );
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::SNS::Topic', 0);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::IAM::Role', { RoleName: ROLE });
  template.hasResourceProperties('AWS::Events::Rule', {
    Targets: [Match.objectLike({ Arn: TOPIC, RoleArn: Match.anyValue() })],
  });
});
