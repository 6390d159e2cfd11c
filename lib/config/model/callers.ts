import type { DeploymentConfig, GuardrailConfig, ProjectConfig } from './config';

/** Those whose requests bring API keys: a declared project, or the open ones together. */
export type Caller = Pick<ProjectConfig, 'models' | 'limits' | 'guardrails'>;

type Callers = Pick<DeploymentConfig, 'projects' | 'openProjects'>;

/** The declared projects, and the open ones as one more. None if no projects are deployed. */
export const callersOf = ({ projects, openProjects }: Callers): readonly Caller[] => [
  ...projects,
  ...(openProjects ? [openProjects] : []),
];

/** The guardrails of all tenants. */
export const allGuardrails = (deployment: Callers & Pick<DeploymentConfig, 'workspaces'>): GuardrailConfig[] =>
  [...deployment.workspaces, ...callersOf(deployment)].flatMap((tenant) => tenant.guardrails ?? []);
