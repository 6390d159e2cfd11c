import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { UNRETAINED } from '@/test/support/api-facts';

export const CLAUDE = 'eu.anthropic.claude-sonnet-4-6';
export const GPT_OSS = 'openai.gpt-oss-120b-1:0';

/** A project with a model of two destinations, in two source Regions, and one of embeddings. */
export const PROJECT: GatewayPolicy = {
  boundary: 'eu',
  keepsContent: false,
  tenant: { kind: 'project', ids: ['helpdesk-bot'] },
  models: [
    {
      id: 'assistant',
      destinations: [
        { region: 'eu-central-1', id: CLAUDE },
        { region: 'eu-north-1', id: GPT_OSS },
      ],
    },
    { id: 'embed', destinations: [{ region: 'eu-central-1', id: 'amazon.titan-embed-text-v2:0' }] },
  ],
  projects: [{ id: 'helpdesk-bot', models: ['assistant', 'embed'], limits: {} }],
};

/** What a request is prepared by, for a project and for a workspace. */
export const PROJECT_RULES = { boundary: ResidencyBoundary.eu(), keepsContent: false };
export const WORKSPACE_RULES = { ...PROJECT_RULES, keepsContent: true };

export const WORKSPACE: GatewayPolicy = {
  ...PROJECT,
  keepsContent: true,
  tenant: { kind: 'workspace', ids: ['sciences'] },
  projects: undefined,
};

/** The project's policy with other destinations for its only model. */
export const serving = (
  ...destinations: { region: string; id: string; api?: 'chat-completions'; furtherRegions?: string[] }[]
): GatewayPolicy => ({
  ...PROJECT,
  ...(destinations.some(({ api }) => api) && { facts: [UNRETAINED] }),
  models: [{ id: 'assistant', destinations }],
  projects: [{ id: 'helpdesk-bot', models: ['assistant'], limits: {} }],
});
