import { Duration } from 'aws-cdk-lib/core';
import { callersOf } from '../../config/model/callers';
import { ProjectsStack } from '../../stacks/projects-stack';
import { guardrailsOf } from './guardrails';
import { modelsOf } from './models';
import { type Plan, stackProps, throttlingOf } from './plan';
import { afterShared, type Shared } from './shared';

/** All projects; none when the file has none. */
export function projectsStack(plan: Plan, shared: Shared): ProjectsStack | undefined {
  const { name, projects, openProjects, workspaces, bedrock, api } = plan.deployment;
  const { maxReadingAgeHours } = bedrock;
  const callers = callersOf(plan.deployment);
  if (callers.length === 0) return undefined;
  const stack = new ProjectsStack(plan.scope, `${name}-projects`, {
    ...stackProps(plan, 'projects, whose requests are processed inside and not stored'),
    terminationProtection: true,
    foundation: shared.foundation.foundation,
    projects: projects.map(({ id, models, limits, guardrails }) => ({
      id,
      models: [...models],
      ...limits,
      guardrails: guardrailsOf(guardrails),
    })),
    open: openProjects && {
      models: [...openProjects.models],
      ...openProjects.limits,
      maximum: openProjects.maximum,
      guardrails: guardrailsOf(openProjects.guardrails),
      reservedIds: workspaces.map(({ id }) => id),
    },
    models: modelsOf(
      plan.deployment,
      callers.flatMap(({ models }) => models),
    ),
    domain: shared.domain?.domain,
    concurrency: api?.projectsConcurrency,
    ...throttlingOf(plan),
    maxReadingAge: maxReadingAgeHours === undefined ? undefined : Duration.hours(maxReadingAgeHours),
  });
  return afterShared(stack, shared);
}
