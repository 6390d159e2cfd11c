import assert from 'node:assert/strict';
import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { findRegion } from '@/lib/facts/region';
import type { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, LEDGER, LEDGER_CLOSE, PROJECTS, WORKSPACE } from './context';
import { statementsOf } from './policy';

const CHECKS = `${FOUNDATION}/CheckAlarms`;
const LEDGER_ALARMS = `${LEDGER}/Alarms`;

/** The expected alarms: metric, statistic, seconds per period, number of periods, comparison, treatment of missing data. */
const ALARMS: Readonly<Record<string, string>> = {
  [`${CHECKS}/RetentionDrift`]: 'retentionDrift Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/LoggingOn`]: 'loggingOn Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/DestinationOutside`]: 'destinationsOutside Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/ModelLegacy`]: 'modelsLegacy Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/ModelEnded`]: 'modelsEnded Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/LifecycleUnread`]: 'lifecyclesUnread Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/CheckFailed`]: 'checksFailed Maximum 300 1 GreaterThanOrEqualToThreshold ignore',
  [`${CHECKS}/CheckSilent`]: 'checksRun Sum 3600 3 LessThanThreshold breaching',
  [`${LEDGER_ALARMS}/LedgerGap`]: 'recordGaps Sum 3600 1 GreaterThanOrEqualToThreshold notBreaching',
  [`${LEDGER_ALARMS}/LedgerRefused`]: 'recordsRefused Sum 3600 1 GreaterThanOrEqualToThreshold notBreaching',
  [`${LEDGER_ALARMS}/LedgerInconsistent`]: 'ledgerForks Sum 3600 1 GreaterThanOrEqualToThreshold notBreaching',
  [`${LEDGER_ALARMS}/LedgerSilent`]: 'hoursClosed Sum 3600 3 LessThanThreshold breaching',
};

/** The recipients of alarms, and the conditions that raise them. */
export async function alerts(context: Context): Promise<void> {
  await topic(context);
  await alarms(context);
  await refusals(context);
  for (const under of [FOUNDATION, WORKSPACE, PROJECTS, LEDGER]) await keyRule(context, under);
  await servedOutside(context);
}

async function topic({ report, aws, deployed }: Context): Promise<void> {
  const TopicArn = deployed.one('AWS::SNS::Topic', `${FOUNDATION}/Alerts`).physicalId;
  const { Attributes } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
  await report.check('alerts: the topic is encrypted with its own key', () => {
    const key = Attributes?.KmsMasterKeyId ?? '';
    assert.ok(arnOfKey(deployed, `${FOUNDATION}/Alerts/Key`).endsWith(key) && key !== '', `its key is '${key}'`);
  });
  await report.check(
    'alerts: alarms of this account and Region may publish to the topic, and calls without TLS are refused',
    () => {
      const statements = statementsOf(JSON.parse(Attributes?.Policy ?? ''));
      assert.deepEqual(
        statements.map(({ Effect, Condition }) => [Effect, Condition]),
        [
          ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }],
          [
            'Allow',
            {
              StringEquals: { 'aws:SourceAccount': ACCOUNT },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:*` },
            },
          ],
        ],
      );
    },
  );
  await report.check('alerts: the only subscription is the address in residency.yaml', async () => {
    const { Subscriptions } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    assert.deepEqual(
      Subscriptions?.map(({ Protocol, Endpoint }) => [Protocol, Endpoint]),
      [['email', 'security@example.eu']],
    );
  });
}

async function alarms({ report, aws, deployed }: Context): Promise<void> {
  const topicArn = deployed.one('AWS::SNS::Topic', `${FOUNDATION}/Alerts`).physicalId;
  const { MetricAlarms = [] } = await aws.cloudWatch.send(new DescribeAlarmsCommand({}));
  const expected = deployed.ofType('AWS::CloudWatch::Alarm');
  await report.check(
    'alerts: each alarm of the templates exists, and notifies the topic when it starts and ends',
    () => {
      assert.deepEqual(
        MetricAlarms.map(({ AlarmName }) => AlarmName).sort(),
        expected.map(({ physicalId }) => physicalId).sort(),
      );
      for (const { AlarmName, AlarmActions, OKActions, MetricName, Threshold, ActionsEnabled } of MetricAlarms) {
        const threshold = MetricName === '5XXError' ? 5 : 1;
        assert.deepEqual([AlarmActions, OKActions, Threshold], [[topicArn], [topicArn], threshold], AlarmName);
        assert.notEqual(ActionsEnabled, false, AlarmName);
      }
      return `${MetricAlarms.length}`;
    },
  );
  for (const [under, expectedSettings] of Object.entries(ALARMS)) {
    await report.check(`${under}: ${expectedSettings}`, () => {
      const name = deployed.one('AWS::CloudWatch::Alarm', under).physicalId;
      const alarm = MetricAlarms.find(({ AlarmName }) => AlarmName === name);
      assert.equal(settingsOf(alarm), expectedSettings);
      const isOfLedger = under.startsWith(LEDGER_ALARMS);
      assert.equal(alarm?.Namespace, isOfLedger ? 'EuResidency/Ledger' : 'EuResidency/Checks');
      const counting = isOfLedger ? LEDGER_CLOSE : `${FOUNDATION}/DestinationCheck`;
      const { physicalId } = deployed.one('AWS::Lambda::Function', counting);
      assert.deepEqual(alarm?.Dimensions, [{ Name: 'function', Value: physicalId }]);
    });
  }
}

const settingsOf = (alarm: MetricAlarm = {}) =>
  [
    alarm.MetricName,
    alarm.Statistic,
    alarm.Period,
    alarm.EvaluationPeriods,
    alarm.ComparisonOperator,
    alarm.TreatMissingData,
  ].join(' ');

/** A gateway's alarm uses the metric that is derived from the gateway's own log. */
async function refusals({ report, aws, deployed }: Context): Promise<void> {
  const logGroupName = deployed.one('AWS::Logs::LogGroup', `${PROJECTS}/Gateway/Gateway`).physicalId;
  await report.check(
    `${PROJECTS}: refusals for lack of a recent check result are counted in its log, and raise an alarm`,
    async () => {
      const { metricFilters } = await aws.logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
      const [filter] = metricFilters ?? [];
      assert.equal(filter?.filterPattern, '{ ($.event = "residency") && ($.reason = "unverified") }');
      const [metric] = filter.metricTransformations ?? [];
      const AlarmNames = [deployed.one('AWS::CloudWatch::Alarm', `${PROJECTS}/Gateway/Unverified`).physicalId];
      const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
      const [alarm] = MetricAlarms ?? [];
      assert.deepEqual([alarm?.Namespace, alarm?.MetricName], [metric?.metricNamespace, metric?.metricName]);
      assert.equal(settingsOf(alarm), `${metric?.metricName} Sum 300 1 GreaterThanOrEqualToThreshold notBreaching`);
    },
  );
}

async function keyRule({ report, aws, deployed }: Context, under: string): Promise<void> {
  await report.check(
    `${under}: the publisher's role reports when a key is disabled or its deletion is scheduled`,
    async () => {
      const Name = deployed.one('AWS::Events::Rule', `${under}/KeyWatch`).physicalId;
      const { EventPattern, State } = await aws.events.send(new DescribeRuleCommand({ Name }));
      const { source, detail } = JSON.parse(EventPattern ?? '');
      const keys = deployed.ofType('AWS::KMS::Key').filter(({ path }) => path.startsWith(`${under}/`));
      assert.deepEqual([State, source], ['ENABLED', ['aws.kms']]);
      assert.deepEqual(detail.eventName, ['DisableKey', 'ScheduleKeyDeletion']);
      assert.deepEqual(
        [...detail.resources.ARN].sort(),
        keys.map(({ physicalId }) => `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${physicalId}`).sort(),
      );
      const { Targets } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      assert.deepEqual(
        Targets?.map(({ Arn, RoleArn }) => [Arn, RoleArn]),
        [publishing(deployed)],
      );
      return `${keys.length} keys`;
    },
  );
}

async function servedOutside({ report, aws, deployed }: Context): Promise<void> {
  await report.check(
    `${FOUNDATION}: the publisher's role reports calls of Bedrock that are served outside, which are read-only events`,
    async () => {
      const Name = deployed.one('AWS::Events::Rule', `${FOUNDATION}/ServedOutside`).physicalId;
      const { EventPattern, State } = await aws.events.send(new DescribeRuleCommand({ Name }));
      assert.equal(State, 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
      const { source, detail } = JSON.parse(EventPattern ?? '');
      const [{ 'anything-but': inside }] = detail.additionalEventData.inferenceRegion;
      assert.deepEqual(source, ['aws.bedrock']);
      for (const region of inside) assert.equal(findRegion(region)?.euMember, true, `${region} isn't in the EU`);
      const { Targets } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      assert.deepEqual(
        Targets?.map(({ Arn, RoleArn }) => [Arn, RoleArn]),
        [publishing(deployed)],
      );
      return `${inside.length} Regions inside`;
    },
  );
}

/** The target of a rule that notifies the topic. */
const publishing = (deployed: Deployed): readonly string[] => [
  deployed.one('AWS::SNS::Topic', `${FOUNDATION}/Alerts`).physicalId,
  `arn:aws:iam::${ACCOUNT}:role/${deployed.one('AWS::IAM::Role', `${FOUNDATION}/Alerts/Publisher`).physicalId}`,
];
