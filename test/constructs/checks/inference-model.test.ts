import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideModels, type InferenceModel } from '@/lib/constructs/checks/inference-model';

const EU = ResidencyBoundary.eu();
const NOVA = 'eu.amazon.nova-lite-v1:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

const decide = (models: InferenceModel[], account?: string) =>
  decideModels(new Stack(new App(), 'Chat', { env: { account, region: 'eu-central-1' } }), EU, models);
const model = (...destinations: InferenceModel['destinations']) => [{ id: 'assistant', destinations }];

test('a destination is called in the Region of the stack by default', () => {
  expect(decide(model({ id: HAIKU }))[0]?.destinations[0]).toMatchObject({ id: HAIKU, sourceRegion: 'eu-central-1' });
});

test('a further Region reported by Bedrock is included', () => {
  const regions = (furtherRegions?: string[]) =>
    decide(model({ id: NOVA, furtherRegions }))[0]?.destinations[0]?.regions;
  expect(regions(['eu-south-2'])).toEqual([...(regions() ?? []), 'eu-south-2'].sort());
});

test('a destination may be called in another Region', () => {
  const [decided] = decide(model({ id: HAIKU, region: 'eu-north-1' }));
  expect(decided?.destinations[0]).toMatchObject({ id: HAIKU, sourceRegion: 'eu-north-1' });
});

test.each<[string, InferenceModel[], string]>([
  [
    'a further Region outside',
    model({ id: NOVA, furtherRegions: ['eu-west-2'] }),
    `got destination '${NOVA}': '${NOVA}' called from eu-central-1 may be processed in eu-west-2, London (GB), outside the EU`,
  ],
  [
    'a model twice',
    [...model({ id: HAIKU }), ...model({ id: HAIKU })],
    "Chat: 'models' must name each model once because clients choose by name, got 'assistant' twice; keep one of them",
  ],
  ['a model without destinations', model(), "'destinations' of model 'assistant' must name at least one destination"],
  ['a name that clients cannot send', [{ id: 'my model', destinations: [{ id: HAIKU }] }], "got 'my model'"],
  [
    'a global profile',
    model({ id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' }),
    "model 'assistant' must be served inside the EU, got destination 'global.anthropic.claude-haiku-4-5-20251001-v1:0'",
  ],
  ['a profile of the US', model({ id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' }), 'must be served inside the EU'],
  [
    'an unknown model',
    model({ id: 'acme.unheard-of-v1:0' }),
    "the facts contain no model or profile 'acme.unheard-of-v1:0'",
  ],
  [
    'an outside destination after one inside',
    model({ id: HAIKU }, { id: 'global.amazon.nova-2-lite-v1:0' }),
    'inside the EU',
  ],
  [
    'a source Region in another partition',
    model({ id: HAIKU, region: 'eusc-de-east-1' }),
    `Chat: model 'assistant' must be called in aws, the partition of eu-central-1, because networks and roles don't reach ` +
      `another partition, got destination '${HAIKU}' in 'eusc-de-east-1'; set 'region' to a Region of aws`,
  ],
  [
    'an EU profile called from London',
    model({ id: HAIKU, region: 'eu-west-2' }),
    `model 'assistant' must be served inside the EU, got destination '${HAIKU}' in 'eu-west-2': `,
  ],
  [
    'an unknown source Region',
    model({ id: HAIKU, region: 'eu-cental-1' }),
    `got destination '${HAIKU}' in 'eu-cental-1': `,
  ],
])('%s is refused', (_, models, message) => {
  expect(() => decide(models)).toThrow(message);
});

const arn = (account: string) => `arn:aws:bedrock:eu-central-1:${account}:inference-profile/${HAIKU}`;

test.each([
  ['of the stack’s own account', '111122223333', '111122223333'],
  ['without an account', '', undefined],
])('a profile may be named by its ARN %s', (_, named, own) => {
  expect(decide(model({ id: arn(named) }), own)[0]?.destinations[0]?.id).toBe(HAIKU);
});

test.each([
  ['of another account', '111122223333', 'but is called by 111122223333'],
  ['when the stack’s own account is unknown', undefined, 'and the calling account is unknown'],
])('a profile by an ARN %s is refused', (_, own, found) => {
  expect(() => decide(model({ id: arn('444455556666') }), own)).toThrow(
    `'${arn('444455556666')}' belongs to account 444455556666, ${found}; name the profile by its id, '${HAIKU}'`,
  );
});
