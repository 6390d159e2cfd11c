import { Match, Template } from 'aws-cdk-lib/assertions';
import { type App, Stack } from 'aws-cdk-lib/core';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { InferenceGateway } from '@/lib/constructs/gateway/inference-gateway';
import { Ledger } from '@/lib/constructs/ledger/ledger';
import { deploymentStacks, EU, FAST, IN_THREE_REGIONS } from '../../support/deployment';
import { stackIn } from '../../support/in-region';

const stacks = deploymentStacks();
const { foundation, workspaces, projects, ledger } = stacks;
const template = Template.fromStack(ledger as Stack);
const [role] = Object.values(template.findResources('AWS::IAM::Policy'));
const statements = role?.Properties.PolicyDocument.Statement as Record<string, unknown>[];

test('only the function signs, and only checkpoints as they are', () => {
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  expect(key).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY', MultiRegion: false },
  });
  const using = key?.Properties.KeyPolicy.Statement.filter(({ Action }: { Action: unknown }) =>
    /"kms:(Sign|\*|Create|Encrypt|Decrypt)/.test(JSON.stringify(Action).replace('kms:CreateAlias', '')),
  );
  expect(using).toEqual([
    {
      Sid: 'LedgerSigns',
      Effect: 'Allow',
      Action: 'kms:Sign',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^LedgerCloseRole/), 'Arn'] } },
        StringEquals: { 'kms:MessageType': 'RAW', 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
      },
    },
  ]);
});

test('the function reads the logs of the gateways and no others, and writes and reads the ledger only', () => {
  const on = (action: string) =>
    statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource);
  const groups = JSON.stringify(on('logs:FilterLogEvents')).match(/log-group:[^"]+/g);
  expect(groups?.toSorted()).toEqual([
    expect.stringMatching(/^log-group:exemple-projects-ProjectsGatewayLogGroup[0-9A-F]{8}-\*$/),
    expect.stringMatching(/^log-group:exemple-workspace-office-WorkspaceGatewayLogGroup[0-9A-F]{8}-\*$/),
    expect.stringMatching(/^log-group:exemple-workspace-sciences-WorkspaceGatewayLogGroup[0-9A-F]{8}-\*$/),
  ]);
  for (const action of ['s3:PutObject', 's3:GetObjectVersion', 's3:PutObjectRetention']) {
    expect(JSON.stringify(on(action))).toMatch(/"\/ledger\/\*"\]\]\}\]$/);
  }
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => /Delete|Bypass|\*/.test(`${action}`))).toEqual([]);
});

test('each log group of the policy is that of a gateway in its template', () => {
  for (const stack of [...workspaces, projects as Stack]) {
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    const gateway = functions.find(({ Properties }) => /gateway of/.test(Properties.Description));
    const id = gateway?.Properties.LoggingConfig.LogGroup.Ref;
    expect(JSON.stringify(statements)).toContain(`log-group:${stack.stackName}-${id}-*`);
  }
});

test('the evidence key lets the function use it through S3 only', () => {
  const keys = Object.values(Template.fromStack(foundation).findResources('AWS::KMS::Key'));
  const [statement, ...more] = keys
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
    .filter(({ Sid }) => Sid === 'LedgerIsWritten');
  expect(more).toEqual([]);
  const [written] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(JSON.stringify(statement.Condition)).toContain(`:role/${written?.Properties.RoleName}`);
  expect(statement).toMatchObject({
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Condition: { StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] } },
  });
});

test('no other principal writes below the prefix of the ledger, or hides or deletes an object there', () => {
  const policies = Object.values(Template.fromStack(foundation).findResources('AWS::S3::BucketPolicy'));
  const [statement, ...more] = policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Sid }) => Sid === 'OnlyTheLedgerWritesIt');
  expect(more).toEqual([]);
  expect(statement).toMatchObject({
    Effect: 'Deny',
    Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
    Principal: { AWS: '*' },
  });
  const [written] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(JSON.stringify(statement.Condition.ArnNotEquals['aws:PrincipalArn'])).toContain(
    `:role/${written?.Properties.RoleName}"`,
  );
  expect(JSON.stringify(statement.Resource)).toMatch(/"\/ledger\/\*"/);
});

test('a signing key that is disabled or scheduled for deletion raises an alarm', () => {
  const [id = ''] = Object.keys(template.findResources('AWS::KMS::Key'));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.kms'],
      detail: { eventName: ['DisableKey', 'ScheduleKeyDeletion'], resources: { ARN: [{ 'Fn::GetAtt': [id, 'Arn'] }] } },
    },
    Targets: [
      Match.objectLike({
        InputTransformer: {
          InputTemplate: Match.stringLikeRegexp('No hour of the ledger is closed without this key'),
          InputPathsMap: Match.anyValue(),
        },
      }),
    ],
  });
});

test('an hour is closed ten minutes after its end, and three hours of silence raise an alarm', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(10 * * * ? *)', State: 'ENABLED' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'EuResidency/Ledger',
    MetricName: 'hoursClosed',
    Period: 3_600,
    EvaluationPeriods: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    Dimensions: [{ Name: 'function', Value: { Ref: Match.stringLikeRegexp('^LedgerCloseFunction') } }],
  });
  for (const MetricName of ['recordGaps', 'recordsRefused', 'ledgerForks']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Statistic: 'Sum',
      TreatMissingData: 'notBreaching',
    });
  }
});

describe('calls of Bedrock outside the boundary', () => {
  const REGIONS = EU.regionCodes();

  const ruleOf = (stack: Stack | undefined) => {
    const rules = Object.values(Template.fromStack(stack as Stack).findResources('AWS::Events::Rule'));
    const found = rules.filter(({ Properties }) => Properties.EventPattern?.source?.[0] === 'aws.bedrock');
    expect(found).toHaveLength(1);
    return found[0]?.Properties;
  };

  test('are matched in the foundation, whichever principal makes them, and reported at once', () => {
    const rule = ruleOf(foundation);
    expect(rule).toMatchObject({
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: {
        source: ['aws.bedrock'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { additionalEventData: { inferenceRegion: [{ 'anything-but': REGIONS }] } },
      },
      Targets: [{ Arn: { Ref: expect.stringContaining('AlertsTopic') }, RoleArn: expect.anything() }],
    });
    expect(REGIONS).toContain('eu-central-1');
    expect(REGIONS).not.toContain('eu-west-2');
  });

  test.each<[string, object | undefined, boolean]>([
    ['outside', { inferenceRegion: 'us-east-1' }, true],
    ['in London', { inferenceRegion: 'eu-west-2' }, true],
    ['inside', { inferenceRegion: 'eu-north-1' }, false],
    ['in its own Region, which CloudTrail doesn’t state', undefined, false],
  ])('that are served %s match accordingly', (_, additionalEventData, isMatched) => {
    const event = {
      source: 'aws.bedrock',
      'detail-type': 'AWS API Call via CloudTrail',
      detail: { eventName: 'Converse', awsRegion: 'eu-central-1', additionalEventData },
    };
    expect(matches(ruleOf(foundation)?.EventPattern, event)).toBe(isMatched);
  });

  const far = deploymentStacks({ ...IN_THREE_REGIONS, recoveryRegion: 'eu-west-1' });
  test.each<[string, () => Stack | undefined]>([
    ['exemple-recovery', () => far.recovery],
    ...far.regionalEndpoints.map((stack): [string, () => Stack] => [stack.stackName, () => stack]),
  ])('are forwarded from the Region of %s', (_, pick) => {
    expect(ruleOf(pick())).toMatchObject({
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: ruleOf(foundation)?.EventPattern,
      Targets: [expect.objectContaining({ Arn: 'arn:aws:events:eu-central-1:111122223333:event-bus/default' })],
    });
  });

  test('are forwarded from each other Region of the deployment', () => {
    expect(far.regionalEndpoints.map(({ stackName }) => stackName).sort()).toEqual([
      'exemple-bedrock-eu-north-1',
      'exemple-bedrock-eu-west-3',
    ]);
  });
});

/** Whether a pattern of EventBridge matches an event; of its operators, it knows `anything-but`. */
function matches(pattern: unknown, event: unknown): boolean {
  if (!Array.isArray(pattern)) {
    const fields = event as Record<string, unknown> | undefined;
    return Object.entries(pattern as object).every(([key, inner]) => matches(inner, fields?.[key]));
  }
  return pattern.some((one) =>
    typeof one === 'string' ? one === event : event !== undefined && !one['anything-but'].includes(event),
  );
}

describe('a ledger in a stack of an app', () => {
  const shared = stackIn('eu-central-1');
  const own = new Foundation(shared, 'Shared', { boundary: EU, models: [FAST], alerts: Alerts.none('a test') });
  const ledgerIn = (region: string, gateways: number) => {
    const stack = new Stack(shared.node.root as App, `Ledger${region}${gateways}`, {
      env: { account: '111122223333', region },
    });
    const prefixes = Array.from(
      { length: gateways },
      (_, index) => `exemple-workspace-department-${index}-WorkspaceGatewayLogGroup0CF3840D-`,
    );
    const props = prefixes.map((_logGroupPrefix) => ({ _logGroupPrefix }) as InferenceGateway);
    new Ledger(stack, 'Ledger', { boundary: EU, foundation: own, gateways: props });
    return stack;
  };

  test.each<[string, number, RegExp]>([
    [
      'eu-west-1',
      2,
      /Ledgereu-west-12\/Ledger: a ledger needs at least one gateway, and a stack in eu-central-1, the Region of its foundation, got 2 gateways and a stack in 'eu-west-1'; pass the gateways/,
    ],
    ['eu-central-1', 0, /got 0 gateways and a stack in 'eu-central-1'/],
  ])('in %s with %i gateways is refused', (region, gateways, message) => {
    expect(() => ledgerIn(region, gateways)).toThrow(message);
  });

  test('has room for a hundred gateways in the policies of its role, of which IAM limits length and number', () => {
    const found = Template.fromStack(ledgerIn('eu-central-1', 100));
    const lengths = (type: string) =>
      Object.values(found.findResources(type)).map(
        ({ Properties }) => JSON.stringify(Properties.PolicyDocument).length,
      );
    for (const length of lengths('AWS::IAM::Policy')) expect(length).toBeLessThan(10_240);
    expect(lengths('AWS::IAM::ManagedPolicy').length).toBeLessThanOrEqual(10);
    expect(JSON.stringify(found.toJSON()).match(/department-\d+-Workspace/g)).toHaveLength(100);
  });
});
