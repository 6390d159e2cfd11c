import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { UNRETAINED } from '@/test/support/api-facts';
import { PROJECT } from '../gateway/support/policies';

/** A model for each API, so that a failure of one doesn't open the circuit of another. */
const BEDROCK: readonly (readonly [model: string, id: string])[] = [
  ['bedrock-chat', 'eu.anthropic.claude-sonnet-4-6'],
  ['bedrock-chat-stream', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
  ['bedrock-responses', 'eu.anthropic.claude-opus-4-6-v1'],
  ['bedrock-responses-stream', 'eu.anthropic.claude-opus-4-7'],
  ['bedrock-messages', 'eu.anthropic.claude-opus-4-8'],
  ['bedrock-messages-stream', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['bedrock-embed', 'amazon.titan-embed-text-v2:0'],
];
/** The same without embeddings, by Bedrock's Chat Completions API. */
const COMPLETIONS = BEDROCK.slice(0, -1).map(([model, id]) => [model.replace('bedrock', 'completions'), id] as const);
const APIS = ['chat', 'chat-stream', 'responses', 'responses-stream', 'messages', 'messages-stream', 'embed'];
const SERVER = APIS.map((name) => `server-${name}`);
const MODELS = [...[...BEDROCK, ...COMPLETIONS].map(([model]) => model), ...SERVER];
const isEmbedding = (model: string) => model.endsWith('embed');

const LIMITS = [
  ['helpdesk-bot', {}],
  ['hurried', { requestsPerMinute: 1 }],
  ['spent', { tokensPerDay: 1 }],
] as const;

/** The configuration of the deployment, for `serve`; by the package's facts, Chat Completions serve no project. */
export const configOf = (server: string): string =>
  JSON.stringify({
    boundary: 'eu',
    name: 'exemple',
    regions: { primary: 'eu-central-1' },
    models: [
      ...BEDROCK.map(([id, bedrock]) => ({ id, destinations: [{ bedrock }] })),
      ...SERVER.map((id) => ({
        id,
        destinations: [{ server, model: id, kind: isEmbedding(id) ? 'embedding' : 'chat' }],
      })),
    ],
    projects: LIMITS.map(([id, limits]) => ({ id, models: [...BEDROCK.map(([model]) => model), ...SERVER], limits })),
  });

/** The same deployment with Chat Completions, as a function's `policy.json`. */
export const policyOf = (server: string): GatewayPolicy => ({
  ...PROJECT,
  facts: [UNRETAINED],
  tenant: { kind: 'project', ids: LIMITS.map(([id]) => id) },
  maxReadingAgeHours: 24,
  models: [
    ...BEDROCK.map(([id, profile]) => ({ id, destinations: [{ region: 'eu-central-1', id: profile }] })),
    ...COMPLETIONS.map(([id, profile]) => ({
      id,
      destinations: [{ region: 'eu-central-1', id: profile, api: 'chat-completions' as const }],
    })),
    ...SERVER.map((id) => ({
      id,
      destinations: [
        {
          server,
          model: id,
          kind: isEmbedding(id) ? ('embedding' as const) : ('text' as const),
          region: 'eu-central-1',
        },
      ],
    })),
  ],
  projects: LIMITS.map(([id, limits]) => ({ id, models: MODELS, limits })),
});
