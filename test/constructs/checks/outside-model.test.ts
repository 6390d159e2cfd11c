import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideModels, type InferenceModel, providersOf } from '@/lib/constructs/checks/inference-model';
import { type InferenceProvider, ProviderService } from '@/lib/constructs/checks/inference-provider';
import { gatewayPolicy } from '@/lib/constructs/gateway/gateway-policy-asset';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { requireServable } from '@/lib/constructs/gateway/require-servable';
import { SERVICES } from '@/lib/facts/services';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';

const EU = ResidencyBoundary.eu();
const scope = () => new Stack(new App(), 'Chat', { env: { region: 'eu-central-1' } });
const decide = (models: InferenceModel[], euOwnedOnly?: boolean) => decideModels(scope(), EU, models, euOwnedOnly);
const model = (...destinations: InferenceModel['destinations']) => [{ id: 'assistant', destinations }];
const STACKIT: InferenceProvider = { name: 'stackit-eu', service: ProviderService.STACKIT };
const OPENAI: InferenceProvider = {
  name: 'openai',
  service: ProviderService.OPENAI,
  acceptsWiderEurope: 'r',
  zeroRetention: 'M-1',
};
const AZURE: InferenceProvider = {
  name: 'azure-eu',
  service: ProviderService.AZURE,
  resource: 'contoso-eu',
  region: 'germanywestcentral',
  acceptsWiderEurope: 'r',
  deployments: [{ name: 'gpt-5-4-eu', sku: 'DataZoneStandard', model: 'gpt-5.4' }],
  maxCheckAge: Duration.days(30),
};
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const MEMBERS = { _tokenGroups: { groupsClaim: 'cognito:groups', groups: { member: [], admin: [], auditor: [] } } };

test('the handler decides the same on providers outside AWS', () => {
  const models = decide(
    model({ id: 'gpt-5-4-eu', provider: AZURE }, { id: 'gpt-5.4', provider: OPENAI }, { id: HAIKU }),
  );
  const tenant = GatewayTenant.workspace('sciences', MEMBERS as never, {}, [], {});
  const policy = gatewayPolicy(EU, tenant, models, undefined, undefined, { providers: providersOf(scope(), models) });
  const read = parsePolicy(JSON.stringify(policy));
  expect(read.openai).toEqual({ reason: 'r', zeroRetention: true, schemasMayLeave: false });
  expect(read.providers).toEqual([
    {
      name: 'azure-eu',
      service: 'azure',
      resource: 'contoso-eu',
      region: 'germanywestcentral',
      accepted: 'r',
      deployments: AZURE.deployments,
      maxCheckAgeDays: 30,
    },
  ]);
  const admitted = admitPolicy(read).models.get('assistant');
  expect(admitted?.map(({ id }) => id)).toEqual(['azure-eu/gpt-5-4-eu', 'openai/gpt-5.4', HAIKU]);
  expect(admitted).toEqual(models[0]?.destinations.map((one) => ({ ...one })));
});

test('a gateway without them has a policy as before', () => {
  const models = decide(model({ id: HAIKU }));
  const tenant = GatewayTenant.workspace('sciences', MEMBERS as never, {}, [], {});
  const policy = JSON.parse(JSON.stringify(gatewayPolicy(EU, tenant, models)));
  for (const key of ['openai', 'providers', 'euOwnedOnly']) expect(policy).not.toHaveProperty(key);
});

test('an embedding model of a provider is one', () => {
  const [decided] = decide(model({ id: 'bge-m3', provider: STACKIT, embeddings: true }));
  expect(decided?.destinations[0]).toMatchObject({ id: 'stackit-eu/bge-m3', kind: 'embedding' });
});

test('every service that can be called has its name in the construct API', () => {
  const callable = SERVICES.filter((service) => service !== 'google');
  expect(Object.values(ProviderService)).toEqual(callable);
});

const ONE_KIND =
  "of model 'assistant' must be of one kind: 'embeddings' belongs to a destination with 'provider', and 'server', 'api' and 'region' to one without, " +
  'got both; remove the others';

test.each<[string, InferenceModel[], string]>([
  ['a provider with a Region of AWS', model({ id: 'm', provider: STACKIT, region: 'eu-central-1' }), ONE_KIND],
  ['a model of Bedrock that embeds', model({ id: HAIKU, embeddings: true }), ONE_KIND],
  [
    'a server and a provider',
    model({ id: 'm', provider: STACKIT, server: { url: 'http://vllm.internal', addresses: ['10.0.0.0/16'] } }),
    ONE_KIND,
  ],
  [
    'a wider Europe that is not accepted',
    model({ id: 'gpt-5.4', provider: { ...OPENAI, acceptsWiderEurope: undefined } }),
    "got destination 'gpt-5.4' of provider 'openai': 'eu.api.openai.com' processes data in the EEA and Switzerland",
  ],
  [
    'another name of OpenAI',
    model({ id: 'gpt-5.4', provider: { ...OPENAI, name: 'oai' } }),
    "of provider 'oai': the 'name' of OpenAI must be 'openai'",
  ],
  [
    'a name of OpenAI for another service',
    model({ id: 'm', provider: { ...STACKIT, name: 'openai' } }),
    "'openai' can't be the name of a declared provider",
  ],
  ['a model with a space', model({ id: 'a b', provider: STACKIT }), "its 'id' must be at most 128 letters"],
  [
    'an undeclared deployment',
    model({ id: 'gpt-5-4', provider: AZURE }),
    "the SKU of deployment 'gpt-5-4', which decides where Azure processes its requests, isn't declared",
  ],
])('%s is refused', (_, models, message) => {
  expect(() => decide(models)).toThrow(message);
});

test('projects use only providers that retain nothing', () => {
  const foundation = { destinations: [], _logsInvocations: false, _euOwnedOnly: false, _egress: {} } as never;
  const tenant = GatewayTenant.projects({} as never, { id: 'bot' });
  const requireFor = (id: string, provider: InferenceProvider) =>
    requireServable(scope(), EU, tenant, foundation, decide(model({ id, provider })));
  expect(() => requireFor('m', STACKIT)).not.toThrow();
  expect(() => requireFor('gpt-5.4', OPENAI)).not.toThrow();
  expect(() => requireFor('gpt-5.4', { ...OPENAI, zeroRetention: undefined })).toThrow(
    /^Chat: model 'assistant' must be served without retention because projects use it, got destination 'openai\/gpt-5\.4': OpenAI retains .*; choose another model, or offer it in a workspace$/,
  );
  expect(() => requireFor('gpt-5-4-eu', { ...AZURE, zeroRetention: 'M-1' })).toThrow(
    /no check result confirms the SKU/,
  );
});

test('two providers of one name that differ are refused', () => {
  const models = decide([
    ...model({ id: 'm', provider: STACKIT }),
    { id: 'other', destinations: [{ id: 'm', provider: { ...STACKIT, schemasMayLeave: true } }] },
  ]);
  expect(() => providersOf(scope(), models)).toThrow(
    "Chat: 'provider' must be declared once for each name because its key and records have that name, got two that differ for 'stackit-eu'; " +
      'use one object for all of its destinations',
  );
});

test('only EU companies are accepted if the owner requires it, and the handler refuses others too', () => {
  expect(decide(model({ id: 'm', provider: STACKIT }), true)).toHaveLength(1);
  expect(() => decide(model({ id: HAIKU }), true)).toThrow(/'euOwnedOnly' allows only companies/);
  expect(() => decide(model({ id: 'gpt-5.4', provider: OPENAI }), true)).toThrow(
    /OpenAI Ireland Limited is under the law of US/,
  );
  const tenant = GatewayTenant.workspace('sciences', MEMBERS as never, {}, [], {});
  const models = decide(model({ id: HAIKU }));
  const policy = gatewayPolicy(EU, tenant, models, undefined, undefined, { euOwnedOnly: true });
  expect(() => admitPolicy(parsePolicy(JSON.stringify(policy)))).toThrow(
    /Amazon Web Services EMEA SARL .* \(not-eu-owned\)/,
  );
});
