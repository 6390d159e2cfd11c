import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { CachedReadings } from '@/lib/runtime/gateway/freshness/cached-readings';
import { requireVerified } from '@/lib/runtime/gateway/freshness/require-verified';
import { admitPolicy, sourceRegions } from '@/lib/runtime/gateway/policy/admitted-policy';
import { ANSWER, scriptedBedrock } from '../../runtime/gateway/support/fake-bedrock';
import { chat, gatewayFor, HELLO } from '../../runtime/gateway/support/gateway';
import { PROJECT } from '../../runtime/gateway/support/policies';
import { alarmsOf } from '../../support/alarms';
import { deployedTemplates } from '../../support/deployed-templates';

const { projects: template, sciences, office } = deployedTemplates();
const [filter, ...others] = Object.values(template.findResources('AWS::Logs::MetricFilter'));

/** Whether a filter of the form `{ ($.a = "b") && ... }` picks a line out. */
function picks(pattern: string, line: object): boolean {
  const terms = [...pattern.matchAll(/\(\$\.(\w+) = "([^"]*)"\)/g)];
  expect(terms.map(([term]) => term).join(' && ')).toBe(pattern.replace(/^\{ | \}$/g, ''));
  return terms.every(([, name = '', value]) => (line as Record<string, unknown>)[name] === value);
}

/** What a gateway of projects writes of a chat, served or refused by its readings. */
async function recordsOf(model: object, middleware: boolean): Promise<readonly object[]> {
  const serving = admitPolicy(PROJECT);
  const { bedrock } = scriptedBedrock(bedrockEndpoints(serving.boundary, sourceRegions(serving), {}), () => ANSWER);
  const readings = new CachedReadings(async () => new Map());
  const { gateway, records } = gatewayFor(PROJECT, bedrock, {
    middleware: middleware ? [requireVerified({ readings, maxAgeMs: 1 })] : [],
  });
  await (await gateway.fetch(chat({ ...HELLO, ...model }))).text();
  return records;
}

test('the filter matches only refusals as unverified', async () => {
  const pattern = filter?.Properties.FilterPattern;
  const picked = async (...what: Parameters<typeof recordsOf>) =>
    (await recordsOf(...what)).filter((record) => picks(pattern, record)).length;
  expect(await picked({}, true)).toBe(1);
  expect(await picked({}, false)).toBe(0);
  expect(await picked({ model: 'no-such-model' }, false)).toBe(0);
  expect(others).toEqual([]);
});

test("the filter reads the gateway's log, and the alarm reads its metric, under a unique name", () => {
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(filter?.Properties.LogGroupName).toEqual(handler?.Properties.LoggingConfig.LogGroup);
  const [metric] = filter?.Properties.MetricTransformations ?? [];
  const [alarm] = alarmsOf(template);
  expect([alarm?.Namespace, alarm?.MetricName]).toEqual([metric.MetricNamespace, metric.MetricName]);
  expect(alarm).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  expect(alarm?.AlarmActions).toHaveLength(1);
  expect(metric.MetricName).toContain('exempleprojects');
});

test('workspaces, which store content, have no such alarm', () => {
  const name = filter?.Properties.MetricTransformations[0].MetricName.replace('exempleprojects', '');
  expect(name).not.toBe('');
  for (const workspace of [sciences, office]) {
    expect(workspace.findResources('AWS::Logs::MetricFilter')).toEqual({});
    expect(alarmsOf(workspace).map(({ MetricName }) => MetricName)).not.toContainEqual(expect.stringContaining(name));
  }
});
