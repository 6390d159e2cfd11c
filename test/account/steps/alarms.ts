import assert from 'node:assert/strict';
import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { requireDeployment, type Step } from '../step';

export const alarms: Step = {
  id: 'alarms',
  does: 'Sets each alarm of the deployment to ALARM and back, and reads that it notified its topic. No e-mail is sent.',
  hours: 1,
  async run({ report, aws, onlyAws }, given) {
    const deployment = requireDeployment(given);
    const names = deployment.deployed.ofType('AWS::CloudWatch::Alarm').map(({ physicalId }) => physicalId);
    const set = async (AlarmName: string, StateValue: StateValue) => {
      await aws.cloudWatch.send(
        new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'test of the account' }),
      );
      const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }));
      assert.equal(MetricAlarms?.[0]?.StateValue, StateValue, AlarmName);
    };
    await report.check('each alarm can be raised', async () => {
      for (const name of names) await set(name, 'ALARM');
      return `${names.length} alarms`;
    });
    await onlyAws('each alarm notified its topic', async () => {
      for (const AlarmName of names) {
        const history = { AlarmName, HistoryItemType: 'Action' as const, MaxRecords: 1 };
        const { AlarmHistoryItems = [] } = await aws.cloudWatch.send(new DescribeAlarmHistoryCommand(history));
        assert.match(AlarmHistoryItems[0]?.HistorySummary ?? '', /[Ss]uccessfully/, AlarmName);
      }
    });
    await report.check('each alarm is set back', async () => {
      for (const name of names) await set(name, 'OK');
    });
    return deployment;
  },
};
