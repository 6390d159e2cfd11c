import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { mayServeWithoutRetention } from '@/lib/boundary/retention';
import { PACKAGED } from '@/lib/facts/packaged';

const EU = ResidencyBoundary.eu();
const GERMANY = ResidencyBoundary.countries('DE');
const SIX = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const SONNET = 'eu.anthropic.claude-sonnet-4-6';

test.each([
  ['an EU profile from Frankfurt reaches six Regions', 'eu-central-1', SONNET, SIX],
  ['its ARN', 'eu-central-1', `arn:aws:bedrock:eu-central-1::inference-profile/${SONNET}`, SIX],
  [
    'Nova Lite from Milan adds only Milan',
    'eu-south-1',
    'eu.amazon.nova-lite-v1:0',
    ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-3'],
  ],
  ['an on-demand model stays in its Region', 'eu-north-1', 'openai.gpt-oss-120b-1:0', ['eu-north-1']],
])('%s', (_, source, id, regions) => {
  const decision = decideDestination(EU, source, id);
  expect(decision).toMatchObject({ inside: true, destination: { sourceRegion: source, regions } });
});

test.each([
  ['an EU profile from London', EU, 'eu-west-2', SONNET, 'routes-outside'],
  ['an EU profile from Zurich', EU, 'eu-central-2', SONNET, 'routes-outside'],
  ['an EU profile from Tel Aviv', EU, 'il-central-1', 'eu.amazon.nova-pro-v1:0', 'routes-outside'],
  ['an EU profile for Germany alone', GERMANY, 'eu-central-1', SONNET, 'routes-outside'],
  ['a global profile', EU, 'eu-central-1', 'global.anthropic.claude-sonnet-4-6', 'anywhere'],
  ['an unlisted global profile', EU, 'eu-central-1', 'global.anthropic.claude-next', 'unknown'],
  ['a US profile', EU, 'eu-central-1', 'us.anthropic.claude-sonnet-4-6', 'unknown'],
  ['a profile without destination list', EU, 'eu-central-1', 'eu.anthropic.claude-opus-5', 'no-route'],
  ['a disputed profile', EU, 'eu-central-1', 'eu.openai.gpt-5.6-terra', 'unreliable'],
  ['a retired profile', EU, 'eu-central-1', 'eu.anthropic.claude-3-5-sonnet-20240620-v1:0', 'ended'],
  ["a profile from a Region that isn't one of its sources", EU, 'eusc-de-east-1', SONNET, 'no-route'],
  ['a model that the Region does not serve', EU, 'eu-central-1', 'cohere.embed-v4:0', 'not-served'],
  ['a model that only London serves', EU, 'eu-central-1', 'anthropic.claude-sonnet-4-6', 'not-served'],
  ['an unknown model', EU, 'eu-central-1', 'acme.model-1', 'unknown'],
  ['upper case', EU, 'eu-central-1', SONNET.toUpperCase(), 'unknown'],
  ['white space', EU, 'eu-central-1', ` ${SONNET}`, 'unknown'],
  ['a guardrail profile', EU, 'eu-central-1', 'eu.guardrail.v1:0', 'unknown'],
  [
    'an application profile',
    EU,
    'eu-central-1',
    'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x',
    'opaque',
  ],
  [
    'the ARN of an account, when it is unknown who calls',
    EU,
    'eu-central-1',
    `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${SONNET}`,
    'opaque',
  ],
  [
    'the ARN of another Region',
    EU,
    'eu-west-1',
    `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${SONNET}`,
    'malformed',
  ],
  [
    'a Region-less model ARN',
    EU,
    'eu-central-1',
    'arn:aws:bedrock:::foundation-model/amazon.nova-lite-v1:0',
    'anywhere',
  ],
  ['an on-demand model called in London', EU, 'eu-west-2', 'openai.gpt-oss-120b-1:0', 'outside'],
])('%s is refused', (_, boundary, source, id, reason) => {
  expect(decideDestination(boundary, source, id)).toMatchObject({ inside: false, reason });
});

test("an account's ARN is a destination for that account only", () => {
  const arn = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${SONNET}`;
  expect(decideDestination(EU, 'eu-central-1', arn, '111122223333')).toMatchObject({
    inside: true,
    destination: { id: SONNET },
  });
  expect(decideDestination(EU, 'eu-central-1', arn, '444455556666')).toMatchObject({
    inside: false,
    reason: 'opaque',
    detail: `'${arn}' belongs to account 111122223333, but is called by 444455556666; name the profile by its id, '${SONNET}'`,
  });
});

test.each([
  [
    'eu-west-2',
    SONNET,
    /^'eu\.anthropic.*' called from eu-west-2 may be processed in eu-west-2, London \(GB\), outside the EU; it stays inside the boundary when called from eu-central-1/,
  ],
  [
    'eu-central-1',
    'global.anthropic.claude-sonnet-4-6',
    /may be processed in any commercial Region of the world; use 'eu\.anthropic\.claude-sonnet-4-6'/,
  ],
  ['eu-central-1', 'cohere.embed-v4:0', /inside the EU, these Regions serve it: eu-west-1$/],
])('a refusal from %s of %s states what would be allowed', (source, id, message) => {
  const decision = decideDestination(EU, source, id);
  expect(decision.inside ? '' : decision.detail).toMatch(message);
});

test.each([
  ['anthropic.claude-sonnet-4-6', 'inside'],
  ['openai.gpt-oss-120b-1:0', 'inside'],
  ['anthropic.claude-fable-5', 'keeps-content'],
  ['openai.gpt-5.6-terra', 'keeps-content'],
  ['anthropic.claude-opus-5', 'inside'],
  ['amazon.nova-2-pro-preview-20251202-v1:0', 'unreliable'],
  ['acme.model-1', 'unknown'],
])('under zero retention, %s is %s', (modelId, expected) => {
  const decision = mayServeWithoutRetention(PACKAGED, modelId);
  expect(decision.inside ? 'inside' : decision.reason).toBe(expected);
});
