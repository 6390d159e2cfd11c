import { PROJECT_LIMITS, type ProjectLimits } from '../../../contract/policies/gateway-policy';
import { OPEN_PROJECTS } from '../../../contract/tenant';
import { type AdmittedPolicy, type Project, policyOf } from '../policy/admitted-policy';
import type { OpenProject } from './open-project';

/** An open project as it is served. */
export interface AdmittedProject {
  readonly project: Project;
  readonly policy: AdmittedPolicy;
}

/**
 * Narrows what is declared for open projects to one of them. Whatever its row says, it has no model, limit or guardrail beyond the
 * declared ones: a row can only take away.
 *
 * @returns undefined if it may not be served: it has ended, projects aren't open, its ID is that of a declared project, or none of
 *   its models is declared any more
 */
export function admitProject(policy: AdmittedPolicy, row: OpenProject): AdmittedProject | undefined {
  const { openProjects: declared, projects } = policy;
  if (declared === undefined || projects.has(row.id) || row.ended !== undefined) return undefined;
  const models = declared.models.filter((model) => row.models?.includes(model) ?? true);
  if (models.length === 0) return undefined;
  const project = { ...declared, id: row.id, models, limits: narrowed(declared.limits, row.limits) };
  return { project, policy: policyOf(policy, project, OPEN_PROJECTS) };
}

/** The lower of two limits, each. */
export function narrowed(highest: ProjectLimits, own: ProjectLimits): ProjectLimits {
  const lower = (name: keyof ProjectLimits) =>
    Math.min(highest[name] ?? Number.POSITIVE_INFINITY, own[name] ?? Number.POSITIVE_INFINITY);
  return Object.fromEntries(
    PROJECT_LIMITS.flatMap((name) => (Number.isFinite(lower(name)) ? [[name, lower(name)]] : [])),
  );
}
