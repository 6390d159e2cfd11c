import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
import type { EgressPolicy } from '@/lib/contract/policies/egress-policy';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import type { Host } from './upstreams';

const ACCEPTED = { accepted: 'a test', zeroRetention: 'a contract' };
const DEPLOYMENT = { sku: 'DataZoneStandard', model: 'gpt-5.4', readOn: new Date().toISOString().slice(0, 10) };

/** A provider of each kind that a project may call. */
const PROVIDERS: readonly DeclaredProvider[] = [
  {
    name: 'azure-eu',
    service: 'azure',
    resource: 'contoso-eu',
    region: 'germanywestcentral',
    ...ACCEPTED,
    deployments: [{ name: 'm', ...DEPLOYMENT }],
    maxCheckAgeDays: 30,
  },
  { name: 'mistral', service: 'mistral', ...ACCEPTED },
  { name: 'ovh', service: 'ovhcloud' },
  { name: 'stackit', service: 'stackit' },
];

/** Their hosts, at addresses that a host on the internet can have. */
export const PROVIDER_HOSTS: readonly Host[] = [
  { name: 'eu.api.openai.com', address: '162.159.140.1' },
  { name: 'contoso-eu.openai.azure.com', address: '162.159.140.2' },
  { name: 'api.eu.mistral.ai', address: '162.159.140.3' },
  { name: 'oai.endpoints.kepler.ai.cloud.ovh.net', address: '162.159.140.4' },
  { name: 'api.openai-compat.model-serving.eu01.onstackit.cloud', address: '162.159.140.5' },
].map((host) => ({ ...host, port: 443, tls: true }));

export const MODELS = ['assistant', 'on-openai', ...PROVIDERS.map(({ name }) => `on-${name}`)];
const targets = PROVIDERS.map(({ name }) => ({ provider: name, model: 'm', kind: 'text' }) as const);

export const GATEWAY: GatewayPolicy = {
  boundary: 'eu',
  keepsContent: false,
  tenant: { kind: 'project', ids: ['all'] },
  openai: { reason: 'a test', zeroRetention: true, schemasMayLeave: true },
  providers: PROVIDERS,
  models: [
    { id: 'assistant', destinations: [{ openai: 'gpt-5.2' }, ...targets] },
    { id: 'on-openai', destinations: [{ openai: 'gpt-5.2' }] },
    ...targets.map((target) => ({ id: `on-${target.provider}`, destinations: [target] })),
    { id: 'embed', destinations: [{ openai: 'text-embedding-3-small' }] },
  ],
  projects: [{ id: 'all', models: [...MODELS, 'embed'], limits: {} }],
};

const text = (model: string) => ({ model, kind: 'text', servesProjects: true }) as const;

export const EGRESS: EgressPolicy = {
  boundary: 'eu',
  providers: [
    {
      name: 'openai',
      service: 'openai',
      ...ACCEPTED,
      secret: 'openai',
      models: [text('gpt-5.2'), { model: 'text-embedding-3-small', kind: 'embedding', servesProjects: true }],
    },
    ...PROVIDERS.map((provider) => ({ ...provider, secret: provider.name, models: [text('m')] })),
  ],
};
