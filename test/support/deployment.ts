import { App } from 'aws-cdk-lib/core';
import { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type Destination, decideDestination } from '@/lib/boundary/destination';
import type { DeploymentConfig } from '@/lib/config/model/config';
import type { InferenceModel } from '@/lib/constructs/checks/inference-model';
import { FEATURE_FLAGS, WITHOUT_TRACES } from './feature-flags';

export const EU = ResidencyBoundary.eu();
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
export const NOVA = 'amazon.nova-lite-v1:0';

export const destination = (id: string, region = 'eu-central-1'): Destination => {
  const decision = decideDestination(EU, region, id);
  if (!decision.inside) throw new Error(decision.detail);
  return decision.destination;
};

/** Nova Lite, as most tests use it. */
export const FAST: InferenceModel = { id: 'fast', destinations: [{ id: `eu.${NOVA}` }] };

/** The loader's result for a file with two workspaces and two projects. */
export const DEPLOYMENT: DeploymentConfig = {
  name: 'exemple',
  primaryRegion: 'eu-central-1',
  network: { ranges: {} },
  organisation: { name: 'Université Exemple' },
  alerts: { kind: 'to', addresses: ['security@example.eu'] },
  bedrock: { retention: 'manage' },
  records: { memberDays: 30 },
  models: [
    { id: 'assistant', destinations: [destination(`eu.${HAIKU}`), destination(`eu.${NOVA}`)] },
    { id: 'fast', destinations: [destination(`eu.${NOVA}`)] },
  ],
  workspaces: [
    {
      id: 'sciences',
      edition: 'edu',
      retention: { kind: 'days', days: 365 },
      models: ['assistant', 'fast'],
      limits: {},
    },
    { id: 'office', edition: 'enterprise', retention: { kind: 'until-deleted' }, models: ['assistant'], limits: {} },
  ],
  projects: [
    { id: 'helpdesk-bot', models: ['fast'], limits: { requestsPerMinute: 600, tokensPerDay: 5_000_000 } },
    { id: 'search', models: ['fast'], limits: {} },
  ],
};

/** The same, with a destination in Stockholm, and one in Paris through a profile that routes to other Regions. */
export const IN_THREE_REGIONS: DeploymentConfig = {
  ...DEPLOYMENT,
  models: DEPLOYMENT.models.map((model) =>
    model.id === 'fast'
      ? {
          ...model,
          destinations: [
            ...model.destinations,
            destination('openai.gpt-oss-120b-1:0', 'eu-north-1'),
            destination(`eu.${NOVA}`, 'eu-west-3'),
          ],
        }
      : model,
  ),
};

export interface Synthesis {
  readonly app?: App;
  readonly boundary?: ResidencyBoundary;
  /** The account that the CDK CLI found; `none` without credentials. */
  readonly account?: string;
}

/** The stacks of a deployment, as a pipeline with an account's credentials would synthesize them. */
export function deploymentStacks(deployment: DeploymentConfig = DEPLOYMENT, synthesis: Synthesis = {}) {
  const {
    app = new App({ context: { ...FEATURE_FLAGS, ...WITHOUT_TRACES } }),
    boundary = EU,
    account = '111122223333',
  } = synthesis;
  const before = process.env.CDK_DEFAULT_ACCOUNT;
  setAccount(account === 'none' ? undefined : account);
  try {
    return new DeploymentStacks(app, deployment, boundary);
  } finally {
    setAccount(before);
  }
}

function setAccount(account: string | undefined): void {
  if (account === undefined) delete process.env.CDK_DEFAULT_ACCOUNT;
  else process.env.CDK_DEFAULT_ACCOUNT = account;
}
