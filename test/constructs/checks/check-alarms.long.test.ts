import { Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { Alerts } from '@/lib/constructs/alerts/alerts';
import { Foundation } from '@/lib/constructs/foundation/foundation';
import { PACKAGED } from '@/lib/facts/packaged';
import { FakeControlPlane } from '../../runtime/settings/support/fake-control-plane';
import {
  CHECK,
  event,
  PROFILE,
  providerFor,
  REGIONS,
  RETENTION,
} from '../../runtime/settings/support/settings-handler';
import { profile } from '../../support/aged-facts';
import { alarmsOf, goesOff, type MetricLine, valueIn } from '../../support/alarms';
import { stackIn } from '../../support/in-region';

const admitted = (expires: string) =>
  ({ kind: 'admitted', requestedBy: 'ada', approvedBy: 'blaise', reason: 'a pilot', expires }) as const;

const stack = stackIn('eu-central-1');
new Foundation(stack, 'Foundation', {
  // The alarms on admitted rows exist only where the owner admitted a destination.
  boundary: ResidencyBoundary.eu()._withFacts(
    PACKAGED.with({ origin: admitted('2027-05-01'), profiles: [profile(PROFILE, REGIONS)] }),
  ),
  models: [{ id: 'fast', destinations: [{ id: PROFILE }] }],
  alerts: Alerts.to('security@example.eu'),
});
const template = Template.fromStack(stack);
const alarms = alarmsOf(template);
const nameOf = (id: string) => /CheckAlarms([A-Za-z]+)[0-9A-F]{8}$/.exec(id)?.[1];

const fake = new FakeControlPlane();
beforeAll(() => fake.start(...REGIONS));
afterAll(() => fake.stop());
beforeEach(() => {
  fake.reset();
  for (const code of REGIONS) fake.region(code).mode = 'none';
  fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
});

const live = (lifecycle: Record<string, unknown> | 'missing') => {
  for (const code of REGIONS) fake.region(code).lifecycles = { 'amazon.nova-lite-v1:0': lifecycle };
};

/** The log line of one scheduled run. */
async function checked(policy = CHECK): Promise<MetricLine> {
  const { handler, lines } = providerFor(fake, policy);
  await handler({ source: 'aws.events' });
  return lines[0] as unknown as MetricLine;
}

/** The alarms that the logged metrics raise, in the order of the template. */
const firing = (...periods: (MetricLine | undefined)[]) =>
  alarms.filter((alarm) => goesOff(alarm, periods)).map(({ id }) => nameOf(id));

test('every alarm watches a metric of the check, under its dimensions', async () => {
  const line = await checked();
  expect(alarms.map(({ id }) => nameOf(id)).sort()).toEqual([
    'AdmittedDiffers',
    'AdmittedExpired',
    'AdmittedExpiring',
    'CheckFailed',
    'CheckSilent',
    'DestinationOutside',
    'LifecycleUnread',
    'LoggingOn',
    'ModelEnded',
    'ModelLegacy',
    'RetentionDrift',
  ]);
  for (const alarm of alarms) expect([alarm.id, valueIn(alarm, line)]).toEqual([alarm.id, expect.any(Number)]);
});

test('every alarm concerns the check function, and is created after its first run', () => {
  const [rule] = Object.values(
    template.findResources('AWS::Events::Rule', { Properties: { ScheduleExpression: 'rate(1 hour)' } }),
  );
  const [check] = (rule?.Properties.Targets ?? [])[0].Arn['Fn::GetAtt'];
  const [resource] = Object.keys(template.findResources('Custom::DestinationCheck'));
  for (const { id, Dimensions } of alarms) {
    expect(Dimensions).toEqual([{ Name: 'function', Value: { Ref: check } }]);
    expect(template.toJSON().Resources[id].DependsOn).toContain(resource);
  }
});

test('every alarm notifies the topic when it goes off and when it returns to normal', () => {
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  for (const { AlarmActions, OKActions } of alarms) {
    expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
  }
});

// biome-ignore format: one row per line
const WORLDS: [string, () => void, string[]][] = [
  ['all is well', () => {}, []],
  ['a mode has drifted', () => { fake.region('eu-west-1').mode = 'inherit'; }, ['RetentionDrift']],
  ['logging was switched on', () => { fake.region('eu-west-1').logging = { s3Config: { bucketName: 'b' } }; }, ['LoggingOn']],
  ['a profile has gained London', () => { fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-west-2']; }, ['DestinationOutside']],
  ['a profile has gained a Region inside the boundary', () => { fake.region('eu-central-1').profiles[PROFILE] = [...REGIONS, 'eu-south-2']; }, []],
  ['a profile has lost a Region', () => { fake.region('eu-central-1').profiles[PROFILE] = REGIONS.slice(1); }, []],
  ['a profile is unknown', () => { fake.region('eu-central-1').profiles = {}; }, ['CheckFailed']],
  ['a Region fails', () => { fake.region('eu-west-1').error = { status: 500, name: 'InternalServerException' }; }, ['CheckFailed']],
  ['a Region throttles', () => { fake.region('eu-west-1').error = { status: 429, name: 'ThrottlingException' }; }, ['CheckFailed']],
  ['a Region throttles once', () => { fake.region('eu-west-1').error = { status: 429, name: 'ThrottlingException', times: 1 }; }, []],
  ['a Region denies', () => { fake.region('eu-west-1').error = { status: 403, name: 'AccessDeniedException' }; }, ['CheckFailed']],
  ['an opt-in Region is not enabled, as the deployment said', () => { fake.region('eu-south-1').error = { status: 403, name: 'UnrecognizedClientException' }; }, []],
  ['a model becomes legacy', () => live({ status: 'LEGACY' }), ['ModelLegacy']],
  ['a model ends in 120 days', () => live({ status: 'ACTIVE', endOfLifeTime: '2027-03-24T00:00:00Z' }), ['ModelLegacy']],
  ['a model has ended', () => live({ status: 'LEGACY', endOfLifeTime: '2026-11-24T00:00:00Z' }), ['ModelEnded']],
  ['a model is gone', () => live('missing'), ['ModelEnded']],
  ['no Region tells how long a model is served', () => live({}), ['LifecycleUnread']],
  ['everything at once', () => {
    fake.region('eu-west-1').mode = 'default';
    fake.region('eu-west-3').logging = { s3Config: { bucketName: 'b' } };
    fake.region('eu-north-1').error = { status: 500, name: 'InternalServerException' };
    fake.region('eu-central-1').profiles[PROFILE] = ['us-east-1'];
  }, ['CheckFailed', 'DestinationOutside', 'LoggingOn', 'RetentionDrift']],
];

test.each(WORLDS)(
  'when %s, the expected alarms go off, and return to normal after the fix',
  async (_, act, expected) => {
    const before = await checked();
    act();
    const wrong = await checked();
    fake.reset();
    for (const code of REGIONS) fake.region(code).mode = 'none';
    fake.region('eu-central-1').profiles[PROFILE] = REGIONS;
    const after = await checked();
    expect(firing(before, wrong).sort()).toEqual(expected);
    expect(firing(before, wrong, undefined).sort()).toEqual(expected);
    expect(firing(before, wrong, after)).toEqual([]);
  },
);

test.each([
  ['2026-12-08', ['AdmittedExpiring']],
  ['2026-11-24', ['AdmittedExpired']],
])('when an admitted row expires on %s', async (expires, expected) => {
  const line = await checked({
    ...CHECK,
    facts: [{ origin: admitted(expires), profiles: [profile(PROFILE, REGIONS)] }],
  });
  expect(firing(await checked(), line)).toEqual(expected);
});

test('a check that no longer runs raises an alarm after three hours', async () => {
  const line = await checked();
  expect(firing(line, undefined, undefined)).toEqual([]);
  expect(firing(line, undefined, undefined, undefined)).toEqual(['CheckSilent']);
  expect(firing()).toEqual(['CheckSilent']);
});

describe('around a deployment that sets the modes', () => {
  const steps = REGIONS.flatMap((region) => [
    ['before the former mode is stored', region, 'keep', ['RetentionDrift']] as const,
    ['before it is set', region, 'PutAccountDataRetention', ['RetentionDrift']] as const,
    ['before it is read', region, 'GetAccountDataRetention', ['CheckFailed']] as const,
    ['before it is read back', region, 'read-back', ['CheckFailed']] as const,
  ]);

  test.each(steps)(
    'a crash %s in %s raises what is wrong then, and nothing after the retry',
    async (_, region, step, expected) => {
      for (const code of REGIONS) fake.region(code).mode = 'inherit';
      const only = step === 'read-back' ? 'GetAccountDataRetention' : step;
      if (step !== 'keep') {
        fake.region(region).error = {
          status: 500,
          name: 'InternalServerException',
          only,
          afterSet: step === 'read-back',
        };
      }
      const { handler, answers } = providerFor(fake, RETENTION, {
        storeFormer: async (where) => {
          if (step === 'keep' && where === region) throw new Error('out of time');
        },
      });
      await handler(event('Create'));
      expect(answers[0]?.Status).toBe('FAILED');
      expect(firing(await checked())).toEqual(expected);

      fake.region(region).error = undefined;
      const retry = providerFor(fake, RETENTION);
      await retry.handler(event('Update', { PhysicalResourceId: 'Retention' }));
      expect(retry.answers[0]?.Status).toBe('SUCCESS');
      expect(firing(await checked())).toEqual([]);
    },
  );

  test('every mode has drifted before it, and none after it or after a deletion', async () => {
    for (const code of REGIONS) fake.region(code).mode = 'inherit';
    expect(firing(await checked())).toEqual(['RetentionDrift']);
    await providerFor(fake, RETENTION).handler(event('Create'));
    expect(firing(await checked())).toEqual([]);
    await providerFor(fake, RETENTION).handler(event('Delete', { PhysicalResourceId: 'Retention' }));
    expect(firing(await checked())).toEqual([]);
  });
});
