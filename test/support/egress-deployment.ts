import { decideOpenAi, type OpenAiTerms } from '@/lib/boundary/server';
import type { DeploymentConfig, EgressConfig } from '@/lib/config/model/config';
import { DEPLOYMENT, destination, EU, NOVA } from './deployment';

export const OPENAI: OpenAiTerms = { reason: 'the works council agreed', zeroRetention: true, schemasMayLeave: false };

/** The deployment of most tests, with a model at OpenAI and Bedrock for a workspace, its background jobs, and a project. */
export function withEgress(egress: EgressConfig = {}): DeploymentConfig {
  const outside = decideOpenAi(EU, 'gpt-5.4', OPENAI, false);
  if (!outside.inside) throw new Error(outside.detail);
  const nova = destination(`eu.${NOVA}`);
  return {
    ...DEPLOYMENT,
    openai: OPENAI,
    egress,
    models: [
      { id: 'assistant', destinations: [outside.destination, nova] },
      { id: 'fast', destinations: [nova] },
    ],
    workspaces: DEPLOYMENT.workspaces.map((one) =>
      one.id === 'sciences' ? { ...one, background: {} } : { ...one, models: ['fast'] },
    ),
    projects: DEPLOYMENT.projects.map((one) => (one.id === 'search' ? { ...one, models: ['assistant'] } : one)),
  };
}
