import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import { listIn, type Plan, textOf } from './plan';

/**
 * Requires a format that is known, with all resources.
 *
 * @throws if the guard can't know everything that the plan creates
 */
export function requireWhole(document: Json): void {
  const { format_version, planned_values, configuration, errored } = document;
  if (!/^1\.\d+$/.test(String(format_version)))
    throw new Error(
      "it is a plan whose 'format_version' isn't 1.x, which the guard doesn't know; update eu-residency, or plan with Terraform 1.x or OpenTofu",
    );
  if (!isMap(planned_values) || !isMap(configuration))
    throw new Error(
      "it is part of a plan: it has no 'planned_values' or no 'configuration'; write all that `terraform show -json PLAN` prints to the file",
    );
  if (['deferred_changes', 'deferred_action_invocations'].some((name) => listIn(document, name).length > 0))
    throw new Error('it defers changes to a later plan, so it lacks resources; plan without deferred actions');
  if (errored === true)
    throw new Error(
      'it is the plan of a run that failed, so resources may be missing; fix the error that `terraform plan` printed, and plan again',
    );
}

/**
 * Requires the values of every resource that exists after the apply.
 *
 * @throws if a change has none
 */
export function requirePlanned({ resources, changes }: Plan): void {
  const planned = new Set(resources.map(({ address }) => address));
  const isMissing = ({ address, mode, change }: Json) =>
    !planned.has(textOf(address)) && mode !== 'data' && mode !== 'ephemeral' && !removes(change);
  const missing = changes.filter(isMissing).length;
  if (missing > 0)
    throw new Error(
      `it is part of a plan: 'planned_values' lacks ${missing} of the resources in 'resource_changes'; write all that \`terraform show -json PLAN\` prints to the file`,
    );
}

/** Whether a resource doesn't exist after a change. */
function removes(change: unknown): boolean {
  const actions = isMap(change) ? change.actions : undefined;
  return Array.isArray(actions) && actions.length === 1 && /^(?:delete|forget)$/.test(String(actions[0]));
}
