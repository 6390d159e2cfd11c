import { Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { withLayers } from '@/lib/boundary/facts-of';
import { hookPolicy } from '@/lib/config/hook-policy';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import type { FactLayer } from '@/lib/facts/layers';
import { areLayers } from '@/lib/facts/row-forms';
import { parseSettingsPolicy } from '@/lib/runtime/settings/policy';
import { alarmsOf } from '../../support/alarms';
import { stackIn } from '../../support/in-region';
import { policiesOf } from '../../support/provider-assets';

const NOVA = 'eu.amazon.nova-lite-v1:0';
const release = {
  version: 4,
  digest: 'f'.repeat(64),
  checkedAt: '2026-11-24',
  nextCheck: '2027-01-23',
  expires: '2027-02-22',
};
/** A release whose rows concern no model of the deployment. */
const layer: FactLayer = { origin: { kind: 'release', version: 4 }, release, models: [] };

function synthesize(...layers: FactLayer[]) {
  const stack = stackIn('eu-central-1');
  new Foundation(stack, 'Foundation', {
    boundary: withLayers(ResidencyBoundary.eu(), layers),
    models: [{ id: 'fast', destinations: [{ id: NOVA }] }],
    alerts: Alerts.to('security@example.eu'),
  });
  return { template: Template.fromStack(stack), policies: policiesOf(stack) };
}

const without = synthesize();
const withRelease = synthesize(layer);
const policyOf = ({ policies }: ReturnType<typeof synthesize>, task: string) =>
  policies.map(parseSettingsPolicy).find((policy) => policy.task === task);

test('the check’s policy has the release, even if none of its rows concerns the deployment', () => {
  expect(policyOf(withRelease, 'check')?.release).toEqual(release);
  expect(policyOf(withRelease, 'check')?.facts).toBeUndefined();
  expect(policyOf(withRelease, 'retention')?.release).toBeUndefined();
});

test('an alarm concerns the age of the release', () => {
  const [alarm, ...others] = alarmsOf(withRelease.template).filter(({ MetricName }) => MetricName === 'factsOld');
  expect(others).toEqual([]);
  expect(alarm).toMatchObject({
    Namespace: 'EuResidency/Checks',
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
  expect(alarm?.AlarmActions).toHaveLength(1);
});

test('without a release, policies and template are what they were', () => {
  expect(without.policies.join()).not.toContain('release');
  expect(JSON.stringify(without.template.toJSON())).not.toMatch(/facts ?release|FactsOld|factsOld/i);
  const resources = (of: typeof without) => Object.keys(of.template.toJSON().Resources);
  const added = resources(withRelease).filter((id) => !resources(without).includes(id));
  // The custom resource has the digest of its policy in its name.
  expect(added).toEqual([
    expect.stringMatching(/^FoundationDestinationCheck/),
    expect.stringContaining('CheckAlarmsFactsOld'),
  ]);
});

test('comparing versions needs no permission that the check doesn’t have', () => {
  const policiesIn = (of: typeof without) => Object.values(of.template.findResources('AWS::IAM::Policy'));
  expect(JSON.stringify(policiesIn(withRelease))).toBe(JSON.stringify(policiesIn(without)));
});

test('the hook’s policy has the rows, in the form that it reads', () => {
  const { facts } = hookPolicy(withLayers(ResidencyBoundary.eu(), [layer]), ResidencyDeclarations._of()._data);
  expect(areLayers(JSON.parse(JSON.stringify(facts)))).toBe(true);
});
