import type { CheckableInput } from '../check/check-inputs';
import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { checkPlanPart } from './check-plan';
import { Plan } from './plan';
import { checkedResources, type PlanResource, planResource } from './plan-resource';
import { isOfAws } from './providers';
import { Regions } from './region';

/**
 * The parts of a plan to check, one for each Region of its resources: a part has the name of the plan and the Region, as a stack.
 *
 * @param document what `terraform show -json PLAN` or `tofu show -json PLAN` writes
 * @throws if its format isn't known, or if it isn't whole
 */
export function readPlan(document: Json, file: string, stack: string): CheckableInput[] {
  requireWhole(document);
  const plan = new Plan(document);
  const regions = new Regions(plan);
  const parts = new Map<string | undefined, PlanResource[]>();
  const resources: Record<string, unknown> = {};
  for (const planned of checkedResources(plan)) {
    const resource = planResource(planned, plan);
    if (resource === undefined) continue;
    resources[resource.address] = resource.raw;
    const region = isOfAws(planned.provider) ? regions.of(planned) : undefined;
    const part = parts.get(region);
    if (part === undefined) parts.set(region, [resource]);
    else part.push(resource);
  }
  const template = { Resources: resources };
  const empty = parts.size === 0 ? [[undefined, []] as const] : [];
  return [...parts, ...empty].map(([region, own]) => ({
    file,
    stack: region === undefined ? stack : `${stack}/${region}`,
    template: { Resources: Object.fromEntries(own.map(({ address, type }) => [address, { Type: type }])) },
    deployRegion: region,
    group: file,
    check: (context) => checkPlanPart({ resources: own, template }, context),
  }));
}

function requireWhole({ format_version, planned_values, configuration, errored, deferred_changes }: Json): void {
  if (!/^1\.\d+$/.test(String(format_version)))
    throw new Error(
      "it is a plan whose 'format_version' isn't 1.x, which the guard doesn't know; update eu-residency, or plan with Terraform 1.x or OpenTofu",
    );
  if (!isMap(planned_values) || !isMap(configuration))
    throw new Error(
      "it is part of a plan: it has no 'planned_values' or no 'configuration'; write all that `terraform show -json PLAN` prints to the file",
    );
  if (Array.isArray(deferred_changes) && deferred_changes.length > 0)
    throw new Error('it defers changes to a later plan, so it lacks resources; plan without deferred actions');
  if (errored === true)
    throw new Error(
      'it is the plan of a run that failed, so resources may be missing; fix the error that `terraform plan` printed, and plan again',
    );
}
