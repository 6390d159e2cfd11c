import assert from 'node:assert/strict';
import { type DataRetentionMode, PutAccountDataRetentionCommand } from '@aws-sdk/client-bedrock';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { FOUNDATION } from '../../deploy/read-back/context';
import { requireDeployment, type Step } from '../step';
import { until } from '../until';
import { chat, createKey } from './requests';

/** How long a gateway uses a check result, and an alarm takes to be evaluated. */
const WAIT_SECONDS = 360;

export const retention: Step = {
  id: 'retention',
  does: "Sets Bedrock's retention mode of the primary Region to `inherit` and back: the alarm fires, and projects are refused meanwhile.",
  hours: 1,
  costs: 'for some minutes, Bedrock may retain what this account sends it in the Region: send it nothing else',
  async run(account, given) {
    const deployment = requireDeployment(given);
    const { report, aws, onlyAws } = account;
    const key = await createKey(account, deployment);
    const call = chat(account, deployment);
    const set = async (mode: DataRetentionMode) => {
      await aws.bedrock.send(new PutAccountDataRetentionCommand({ mode }));
      const FunctionName = deployment.deployed.one(
        'AWS::Lambda::Function',
        `${FOUNDATION}/DestinationCheck`,
      ).physicalId;
      // The event of the schedule, which would come within an hour.
      const Payload = JSON.stringify({ source: 'aws.events' });
      const { FunctionError } = await aws.lambda.send(new InvokeCommand({ FunctionName, Payload }));
      assert.equal(FunctionError, undefined);
      await account.restart();
    };
    try {
      await report.check('with another mode, a request is refused (503)', async () => {
        await set('inherit');
        assert.equal(await until(async () => (await call({}, key.key)).status, 503, WAIT_SECONDS), 503);
      });
      await onlyAws('the alarm on the retention mode fires', async () => {
        const { physicalId } = deployment.deployed.one(
          'AWS::CloudWatch::Alarm',
          `${FOUNDATION}/CheckAlarms/RetentionDrift`,
        );
        const stateOf = async () => {
          const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [physicalId] }));
          return MetricAlarms?.[0]?.StateValue;
        };
        assert.equal(await until(stateOf, 'ALARM', account.alarmSeconds), 'ALARM');
      });
    } finally {
      await report.check('with the mode `none` again, requests are served', async () => {
        await set('none');
        assert.equal(await until(async () => (await call({}, key.key)).status, 200, WAIT_SECONDS), 200);
      });
    }
    return deployment;
  },
};
