import type { Refused } from '@/lib/boundary/decision';
import type { DeclaredProvider } from '@/lib/boundary/declared-provider';
import { decideProvider, openAiProvider } from '@/lib/boundary/provider';
import { decideOpenAi, type OpenAiTerms, type ReachableServer } from '@/lib/boundary/server';
import type { DeploymentConfig, EgressConfig } from '@/lib/config/model/config';
import { DEPLOYMENT, destination, EU, NOVA } from './deployment';

/** The terms of OpenAI that a deployment's owner has accepted. */
export const OPENAI: OpenAiTerms = { reason: 'the works council agreed', zeroRetention: true, schemasMayLeave: false };

/** A provider whose host the facts place inside the EU, and that retains nothing by default. */
export const INSIDE: DeclaredProvider = { name: 'berlin', service: 'ionos' };

function reached(decision: ReachableServer | Refused) {
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
}

/** A deployment with models outside AWS: OpenAI's for a workspace and projects, and one of Bedrock that both use too. */
export const withEgress = (egress: EgressConfig = {}): DeploymentConfig => ({
  ...DEPLOYMENT,
  openai: OPENAI,
  egress,
  models: [
    { id: 'assistant', destinations: [reached(decideOpenAi(EU, 'gpt-5.4', OPENAI, false)), destination(`eu.${NOVA}`)] },
    { id: 'fast', destinations: [destination(`eu.${NOVA}`)] },
  ],
  workspaces: DEPLOYMENT.workspaces.map((one) =>
    one.id === 'sciences' ? { ...one, background: {} } : { ...one, models: ['fast'] },
  ),
  projects: DEPLOYMENT.projects.map((one) => (one.id === 'search' ? { ...one, models: ['assistant'] } : one)),
});

void decideProvider;
void openAiProvider;
