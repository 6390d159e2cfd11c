import assert from 'node:assert/strict';
import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { ListTopicsCommand, PublishCommand } from '@aws-sdk/client-sns';
import { asAdministrator, assume } from '../../harness/administrator';
import { Aws } from '../../harness/aws';
import { ACCOUNT } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { whileTrusted } from './planted';

const FOUNDATION = 'sciences-foundation/Foundation';

/** What a tenant's account shares with the platform team's: the topic of its alarms, and the trail. */
export async function sharedAlarms({ report, aws, deployed }: Context, topic: string): Promise<void> {
  await report.check('the tenant has no topic and no trail of its own', async () => {
    const { Topics } = await aws.sns.send(new ListTopicsCommand({}));
    const { trailList } = await aws.cloudTrail.send(new DescribeTrailsCommand({}));
    assert.deepEqual([Topics ?? [], trailList ?? []], [[], []]);
  });
  await report.check(
    "each alarm of the tenant notifies the platform team's topic when it starts and ends",
    async () => {
      const { MetricAlarms = [] } = await aws.cloudWatch.send(new DescribeAlarmsCommand({}));
      assert.equal(MetricAlarms.length, deployed.ofType('AWS::CloudWatch::Alarm').length);
      for (const { AlarmName, AlarmActions, OKActions } of MetricAlarms)
        assert.deepEqual([AlarmActions, OKActions], [[topic], [topic]], AlarmName);
      assert.ok(MetricAlarms.length > 10);
      return `${MetricAlarms.length} alarms`;
    },
  );
  await report.check('and so does each rule that reports a change', async () => {
    const { Rules = [] } = await aws.events.send(new ListRulesCommand({}));
    const targets = await Promise.all(
      Rules.filter(({ EventPattern }) => EventPattern !== undefined).map(async ({ Name }) => {
        const { Targets = [] } = await aws.events.send(new ListTargetsByRuleCommand({ Rule: Name }));
        return Targets.map(({ Arn }) => Arn);
      }),
    );
    const reporting = targets.filter((arns) => arns.some((arn) => arn?.includes(':sns:')));
    assert.ok(reporting.length > 1);
    for (const arns of reporting) assert.deepEqual(arns, [topic]);
    return `${reporting.length} rules`;
  });
  await report.check(
    "the tenant's role for it may publish to the topic, and no other principal of the tenant",
    async () => {
      const publisher = deployed.one('AWS::IAM::Role', `${FOUNDATION}/Alerts/Publisher`).physicalId;
      const publish = (as: Aws) =>
        as.sns.send(new PublishCommand({ TopicArn: topic, Message: 'a message of the test' }));
      await whileTrusted(aws, publisher, ACCOUNT, async () => {
        const role = new Aws(aws.endpoint, aws.region, await assume(aws, publisher));
        assert.ok((await publish(role)).MessageId);
      });
      await asAdministrator(aws, async (admin) => {
        await assert.rejects(publish(admin), { name: /AuthorizationError|AccessDenied/ });
      });
    },
  );
}
