import { Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AlertChannel } from '@/lib/constructs/alerts/alert-channel';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { ProviderState } from '@/lib/constructs/checks/provider-state';
import { providerLines } from '@/lib/runtime/gateway/providers/provider-lines';
import { REFUSED_REGIONS, stackIn } from '@/test/support/in-region';
import { nagFindings } from '@/test/support/nag';

const boundary = ResidencyBoundary.eu();

function templateIn(region: string | undefined) {
  const stack = stackIn(region);
  const channel = new AlertChannel(stackIn('eu-central-1', 'Other', stack.node.root as never), 'Alerts', {
    boundary,
    alerts: Alerts.none('a test'),
  });
  new ProviderState(stack, 'State', { boundary, channel });
  return { stack, template: Template.fromStack(stack) };
}

test('the table is retained, protected and recoverable, and no row of it expires', () => {
  const { template, stack } = templateIn('eu-central-1');
  const [table] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table?.Properties.TimeToLiveSpecification).toBeUndefined();
  expect(table?.Properties.Replicas).toMatchObject([
    { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
  ]);
  expect(nagFindings(stack)).toEqual([]);
});

test('the alarm reads the metric that gateways write, and its state stays while none does', () => {
  const { template } = templateIn('eu-central-1');
  const [id] = Object.keys(template.findResources('AWS::DynamoDB::GlobalTable'));
  const lines: string[] = [];
  providerLines('the-table', (line) => lines.push(line)).counted(1);
  const { _aws, table, event, ...values } = JSON.parse(lines[0] ?? '');
  const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
  expect([table, event, values, Dimensions]).toEqual(['the-table', 'providers', { [Metrics[0].Name]: 1 }, [['table']]]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace,
    MetricName: Metrics[0].Name,
    Dimensions: [{ Name: 'table', Value: { Ref: id } }],
    Statistic: 'Maximum',
    Threshold: 1,
    TreatMissingData: 'ignore',
  });
});

test('the metric is written first, while something is out of use, and when it is not any more', () => {
  const lines: string[] = [];
  const { counted, log } = providerLines(
    't',
    (line) => lines.push(line),
    () => new Date(7),
  );
  for (const out of [0, 0, 2, 2, 0, 0]) counted(out);
  expect(lines.map((line) => JSON.parse(line).providersOut)).toEqual([0, 2, 2, 0]);
  log({ event: 'provider-readmitted', name: 'openai' });
  expect(lines.at(-1)).toBe('{"event":"provider-readmitted","name":"openai"}\n');
});

test.each(REFUSED_REGIONS)('a table in %s is refused', (_, region, found) => {
  expect(() => templateIn(region)).toThrow(
    `Chat/State must be deployed inside the EU because it decides which providers receive requests, got ${found}`,
  );
});
