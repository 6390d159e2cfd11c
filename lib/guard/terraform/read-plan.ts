import type { CheckableInput } from '../check/check-inputs';
import type { Json } from '../template/parse';
import { checkPlanPart } from './check-plan';
import { Plan, type PlannedResource } from './plan';
import { checkedResources, type PlanResource, planResource } from './plan-resource';
import { providerHosts } from './provider-hosts';
import { isOfAws } from './providers';
import { Regions } from './region';
import { requirePlanned, requireWhole } from './whole-plan';

/**
 * The parts of a plan to check, one for each Region of its resources: a part has the name of the plan and the Region, as a stack.
 *
 * @param document what `terraform show -json PLAN` or `tofu show -json PLAN` writes
 * @throws if its format isn't known, or if it isn't whole
 */
export function readPlan(document: Json, file: string, stack: string): CheckableInput[] {
  requireWhole(document);
  const plan = new Plan(document);
  requirePlanned(plan);
  const regions = new Regions(plan);
  const parts = new Map<string | undefined, PlanResource[]>();
  const all: PlanResource[] = [];
  const add = (resource: PlanResource, region: string | undefined) => {
    all.push(resource);
    const part = parts.get(region);
    if (part === undefined) parts.set(region, [resource]);
    else part.push(resource);
  };
  const checked: PlannedResource[] = [];
  for (const planned of checkedResources(plan)) {
    const resource = planResource(planned, plan);
    if (resource === undefined) continue;
    checked.push(planned);
    add(resource, isRegional(planned, resource) ? regions.of(planned) : undefined);
  }
  for (const provider of providerHosts(checked, plan)) add(provider, undefined);
  const template = templateOf(all, ({ raw }) => raw);
  const empty = parts.size === 0 ? [[undefined, []] as const] : [];
  return [...parts, ...empty].map(([region, own]) => ({
    file,
    stack: region === undefined ? stack : `${stack}/${region}`,
    template: templateOf(own, ({ type }) => ({ Type: type })),
    types: typesOf(own),
    deployRegion: region,
    group: file,
    check: (context) => checkPlanPart({ resources: own, template }, context),
  }));
}

/** Whether a resource or action is of a provider that has a Region. */
const isRegional = ({ mode, provider }: PlannedResource, { place }: PlanResource) =>
  place === 'aws' || (mode === 'action' && isOfAws(provider));

function typesOf(resources: readonly PlanResource[]): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { address, type } of resources) types.set(address, type);
  return types;
}

/** Resources as a template. Few rules look at other resources, and a plan may have thousands, so they are put together only then. */
function templateOf(resources: readonly PlanResource[], entryOf: (resource: PlanResource) => object): Json {
  let entries: Json | undefined;
  return {
    get Resources() {
      entries ??= Object.fromEntries(resources.map((resource) => [resource.address, entryOf(resource)]));
      return entries;
    },
  };
}
