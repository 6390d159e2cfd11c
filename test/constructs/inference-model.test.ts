import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '../../lib/boundary/boundary';
import { GatewayTenant } from '../../lib/constructs/gateway-tenant';
import { decideModels, type InferenceModel } from '../../lib/constructs/inference-model';

const EU = ResidencyBoundary.eu();
const WORKSPACE = GatewayTenant.workspace('sciences');
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

const decide = (models: InferenceModel[], tenant = WORKSPACE, region = 'eu-central-1') =>
  decideModels(new Stack(new App(), 'Chat', { env: { region } }), EU, tenant, models);
const model = (...destinations: InferenceModel['destinations']) => [{ id: 'assistant', destinations }];

test('a destination is called in the Region of the stack', () => {
  expect(decide(model({ id: HAIKU }))[0]?.destinations[0]).toMatchObject({ id: HAIKU, sourceRegion: 'eu-central-1' });
});

test.each<[string, InferenceModel[], string]>([
  ['no model', [], "Chat: 'models' must name at least one model, and each once, got none; list what clients may call"],
  ['a model twice', [...model({ id: HAIKU }), ...model({ id: HAIKU })], "got 'assistant' twice"],
  ['a model without destinations', model(), "model 'assistant' has no destination"],
  ['a name that clients cannot send', [{ id: 'my model', destinations: [{ id: HAIKU }] }], "got 'my model'"],
  [
    'a global profile',
    model({ id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' }),
    "model 'assistant' must be served inside the EU, got destination 'global.anthropic.claude-haiku-4-5-20251001-v1:0'",
  ],
  ['a profile of the US', model({ id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' }), 'must be served inside the EU'],
  [
    'a model that nobody knows',
    model({ id: 'acme.unheard-of-v1:0' }),
    "the facts hold no model or profile 'acme.unheard-of-v1:0'",
  ],
  [
    'an outside destination after one inside',
    model({ id: HAIKU }, { id: 'global.amazon.nova-2-lite-v1:0' }),
    'inside the EU',
  ],
  [
    'another source Region',
    model({ id: HAIKU, region: 'eu-north-1' }),
    `must be called in eu-central-1, because the gateway's network reaches Bedrock in the Region of its stack only, got ` +
      `destination '${HAIKU}' in 'eu-north-1'`,
  ],
])('%s is refused', (_, models, message) => {
  expect(() => decide(models)).toThrow(message);
});

const UNCONFIRMED = 'eu.anthropic.claude-sonnet-5';

test('projects are refused a model whose provider may keep content', () => {
  expect(() => decide(model({ id: UNCONFIRMED }), GatewayTenant.projects('bot'))).toThrow(
    "model 'assistant' must be served without anything being kept, because projects use it, got destination " +
      `'${UNCONFIRMED}': what the provider of 'anthropic.claude-sonnet-5' keeps was never confirmed by a reliable source; ` +
      'choose another, or offer it in a workspace',
  );
});

test('a workspace may use that model, since its content may be kept', () => {
  expect(() => decide(model({ id: UNCONFIRMED }))).not.toThrow();
});
