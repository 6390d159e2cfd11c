import assert from 'node:assert/strict';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { ACCOUNT } from '../../harness/emulator';
import { type Context, EGRESS, FOUNDATION } from '../context';
import { actions, type Document, resources, statementsOf } from '../policy';

const FUNCTION = 'exemple-egress';
const arnOf = (alias: string) => `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${FUNCTION}:${alias}`;

/** Each alarm, with the log group whose lines it counts; none if it counts Lambda's own metrics. */
const ALARMS: Readonly<Record<string, string | undefined>> = {
  Dropped: `${EGRESS}/Network/Logs/Firewalls`,
  NameBlocked: `${EGRESS}/Network/Logs/Queries`,
  Refused: `${EGRESS}/Function/LogGroup`,
  NoKey: `${EGRESS}/Function/LogGroup`,
  Failures: undefined,
  Throttled: undefined,
};

/** Who can reach the function and the keys: its aliases, the policies of the two endpoints, and the alarms. */
export async function egressAccess({ report, aws, deployed }: Context): Promise<void> {
  const vpc = deployed.one('AWS::EC2::VPC', EGRESS).physicalId;
  const { VpcEndpoints = [] } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
  const policyOf = (id: string) => {
    const found = VpcEndpoints.find(({ VpcEndpointId }) => VpcEndpointId === id) as { PolicyDocument?: string };
    const document: Document = JSON.parse(found.PolicyDocument ?? '');
    return statementsOf(document);
  };
  await report.check(
    'the function runs in the client subnets, without variables, and nothing else may call it',
    async () => {
      const { VpcConfig, Environment, TracingConfig, Timeout } = await aws.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: FUNCTION }),
      );
      const clients = deployed.ofType('AWS::EC2::Subnet').filter(({ path }) => path.includes('/Vpc/ClientSubnet'));
      assert.equal(VpcConfig?.VpcId, vpc);
      assert.deepEqual([...(VpcConfig?.SubnetIds ?? [])].sort(), clients.map(({ physicalId }) => physicalId).sort());
      assert.deepEqual(VpcConfig?.SecurityGroupIds, [
        deployed.one('AWS::EC2::SecurityGroup', `${EGRESS}/Network/Clients`).physicalId,
      ]);
      assert.deepEqual(Environment?.Variables ?? {}, {});
      assert.notEqual(TracingConfig?.Mode, 'Active');
      assert.equal(Timeout, 900);
      // Without a policy, AWS answers that there is none, and the emulator with an empty one.
      const { Policy = '' } = await aws.lambda.send(new GetPolicyCommand({ FunctionName: FUNCTION }));
      assert.deepEqual(statementsOf(JSON.parse(Policy)), []);
    },
  );
  await report.check('it has one alias for each kind of tenant, of its only version', async () => {
    const { Aliases = [] } = await aws.lambda.send(new ListAliasesCommand({ FunctionName: FUNCTION }));
    const { Versions = [] } = await aws.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: FUNCTION }));
    const published = Versions.map(({ Version }) => Version).filter((version) => version !== '$LATEST');
    assert.deepEqual(
      Aliases.map(({ Name, FunctionVersion }) => [Name, FunctionVersion]).sort(),
      ['projects', 'workspaces'].map((name) => [name, published[0]]),
    );
    assert.equal(published.length, 1);
  });
  await report.check("Lambda's endpoint admits the deployment's roles, for these two aliases only", () => {
    const endpoint = deployed.one('AWS::EC2::VPCEndpoint', `${FOUNDATION}/Endpoints/Lambda`).physicalId;
    const [allowed, ...others] = policyOf(endpoint).filter(({ Effect }) => Effect === 'Allow');
    assert.deepEqual(others, []);
    assert.deepEqual(allowed && actions(allowed), ['lambda:InvokeFunction']);
    assert.deepEqual(allowed && [...resources(allowed)].sort(), ['projects', 'workspaces'].map(arnOf));
    const callers = Object.values(allowed?.Condition?.ArnLike ?? {}).flat();
    assert.deepEqual(callers, [`arn:aws:iam::${ACCOUNT}:role/exemple-*`]);
  });
  await report.check("Secrets Manager's endpoint admits reading the providers' secrets only", () => {
    const endpoint = deployed
      .ofType('AWS::EC2::VPCEndpoint')
      .find(({ path }) => path.startsWith(`${EGRESS}/Network/`))?.physicalId;
    const [allowed, ...others] = policyOf(endpoint ?? '').filter(({ Effect }) => Effect === 'Allow');
    assert.deepEqual(others, []);
    assert.deepEqual(allowed && actions(allowed), ['secretsmanager:GetSecretValue']);
    const secrets = deployed.ofType('AWS::SecretsManager::Secret').map(({ physicalId }) => physicalId);
    assert.deepEqual(allowed && [...resources(allowed)].sort(), [...secrets].sort());
    for (const arn of secrets)
      assert.match(arn, /^arn:aws:secretsmanager:eu-central-1:\d{12}:secret:exemple\/providers\/[a-z-]+\/key-\w{6}$/);
  });
  for (const [name, of] of Object.entries(ALARMS)) {
    await report.check(
      `${EGRESS}/Alarms/${name}: the alarm exists, notifies the topic, and counts ${of ?? "Lambda's metric"}`,
      async () => {
        const alarm = deployed.one('AWS::CloudWatch::Alarm', `${EGRESS}/Alarms/${name}`).physicalId;
        const { MetricAlarms = [] } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [alarm] }));
        const [found] = MetricAlarms;
        const topic = deployed.one('AWS::SNS::Topic', `${FOUNDATION}/Alerts`).physicalId;
        assert.deepEqual([found?.AlarmActions, found?.OKActions], [[topic], [topic]]);
        if (of === undefined) {
          assert.deepEqual(
            [found?.Namespace, found?.Dimensions],
            ['AWS/Lambda', [{ Name: 'FunctionName', Value: FUNCTION }]],
          );
          return;
        }
        const logGroupName = deployed.one('AWS::Logs::LogGroup', of).physicalId;
        const { metricFilters = [] } = await aws.logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
        const counted = metricFilters.flatMap(({ metricTransformations = [] }) =>
          metricTransformations.map(({ metricNamespace, metricName }) => `${metricNamespace} ${metricName}`),
        );
        assert.ok(counted.includes(`${found?.Namespace} ${found?.MetricName}`), counted.join(', '));
      },
    );
  }
}
