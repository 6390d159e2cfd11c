import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyGuardrail, type ResidencyGuardrailProps } from '@/lib/constructs/guardrails/residency-guardrail';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { EU } from '../../support/deployment';

const HATE = { type: 'HATE', inputStrength: 'HIGH', outputStrength: 'HIGH' };
const make = (over: Partial<ResidencyGuardrailProps> = {}, region = 'eu-central-1', app = new App()) => {
  const stack = new Stack(app, 'Guardrails', { env: { account: '111122223333', region } });
  const guardrail = new ResidencyGuardrail(stack, 'Guardrail', {
    boundary: EU,
    blockedInputMessage: 'Not allowed.',
    blockedOutputMessage: 'Not shown.',
    contentFilters: [HATE],
    deniedTopics: [{ name: 'Trading', definition: 'Advice on shares.', type: 'DENY' }],
    ...over,
  });
  return { app, stack, guardrail };
};
const propertiesOf = (stack: Stack) =>
  Object.values(Template.fromStack(stack).findResources('AWS::Bedrock::Guardrail'))[0]?.Properties;

test('without a profile, its filters use the Classic tier, in its own Region', () => {
  const properties = propertiesOf(make().stack);
  expect(properties.ContentPolicyConfig.ContentFiltersTierConfig).toEqual({ TierName: 'CLASSIC' });
  expect(properties.TopicPolicyConfig.TopicsTierConfig).toEqual({ TierName: 'CLASSIC' });
  expect(properties).not.toHaveProperty('CrossRegionConfig');
});

test('with a profile, they use the Standard tier in the Regions of the profile, which the guard accepts', () => {
  const app = new App();
  ResidencyGuard.enforce(app, { boundary: EU });
  const { stack } = make({ profile: 'eu.guardrail.v1:0' }, 'eu-central-1', app);
  const properties = propertiesOf(stack);
  expect(properties.ContentPolicyConfig.ContentFiltersTierConfig).toEqual({ TierName: 'STANDARD' });
  expect(JSON.stringify(properties.CrossRegionConfig)).toContain(
    ':bedrock:eu-central-1:111122223333:guardrail-profile/eu.guardrail.v1:0',
  );
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, Partial<ResidencyGuardrailProps>, string, string]>([
  ['in Virginia', {}, 'us-east-1', 'must be deployed inside the EU'],
  ['with the profile of the US', { profile: 'us.guardrail.v1:0' }, 'eu-central-1', "'us.guardrail.v1:0'"],
  ['with an inference profile', { profile: 'eu.amazon.nova-lite-v1:0' }, 'eu-central-1', "isn't a guardrail profile"],
  [
    'with a profile that leaves Germany',
    { profile: 'eu.guardrail.v1:0', boundary: ResidencyBoundary.parse('DE') },
    'eu-central-1',
    'may be processed in',
  ],
])('a guardrail %s is refused', (_, over, region, message) => {
  expect(() => make(over, region)).toThrow(message);
});

test('its key is in its own Region, and tenants learn of it', () => {
  const { stack, guardrail } = make();
  expect(guardrail.versionIn(stack).encryptionKeyArn).toBeUndefined();
  const other = make({
    encryptionKey: kms.Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/k'),
  });
  expect(other.guardrail.versionIn(other.stack).encryptionKeyArn).toBe('arn:aws:kms:eu-central-1:111122223333:key/k');
  const abroad = kms.Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:us-east-1:111122223333:key/k');
  expect(() => make({ encryptionKey: abroad })).toThrow("'encryptionKey' must be inside the EU");
});

describe('a version', () => {
  const idsOf = (over?: Partial<ResidencyGuardrailProps>) => {
    const { app, guardrail } = make(over);
    const gateway = new Stack(app, 'Gateway', { env: { account: '111122223333', region: 'eu-central-1' } });
    guardrail.versionIn(gateway);
    guardrail.versionIn(gateway);
    return Template.fromStack(gateway).findResources('AWS::Bedrock::GuardrailVersion');
  };

  test('is in the stack that uses it, once, and stays after a newer one', () => {
    expect(Object.values(idsOf())).toEqual([
      expect.objectContaining({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
    ]);
  });

  test('is another one if the content changes, and the same if it does not', () => {
    expect(Object.keys(idsOf())).toEqual(Object.keys(idsOf()));
    expect(Object.keys(idsOf())).not.toEqual(
      Object.keys(idsOf({ contentFilters: [{ ...HATE, inputStrength: 'LOW' }] })),
    );
  });
});
