import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type CheckOptions, checkInputs } from '@/lib/guard/check/check-inputs';
import { blocks, type Finding } from '@/lib/guard/finding';
import type { Json } from '@/lib/guard/template/parse';
import { readPlan } from '@/lib/guard/terraform/read-plan';
import { type PlanRow, planOf } from '../../support/plan';

/** A queue of a provider with a Region, and data sources which returned Regions for that provider. */
export function queueIn(region: object | undefined, returned: readonly string[] = [], more: object = {}) {
  const rows = returned.map(
    (name, index): PlanRow => ({
      type: 'aws_region',
      mode: 'data',
      name: `n${index}`,
      values: { name },
      expressions: {},
    }),
  );
  const queue = planOf([{ type: 'aws_sqs_queue' }], {
    providers: { aws: { expressions: region === undefined ? {} : { region } } },
    ...more,
  });
  const { planned_values, configuration } = planOf(rows);
  queue.configuration.root_module.resources.push(...configuration.root_module.resources);
  return { ...queue, prior_state: { values: planned_values } };
}

/** A queue of a provider in Frankfurt with further arguments. */
export const withProvider = (expressions: object, more: object = {}) =>
  planOf([{ type: 'aws_sqs_queue' }], {
    providers: { aws: { expressions: { region: { constant_value: 'eu-central-1' }, ...expressions } } },
    ...more,
  });

/** The findings on a plan. */
export function findingsOn(plan: object, options: Partial<CheckOptions> = {}): readonly Finding[] {
  return checkInputs(
    { templates: readPlan(plan as Json, 'plan.json', 'plan.json'), unreadable: [] },
    { boundary: ResidencyBoundary.eu(), deployRegions: [], ...options },
  ).findings;
}

/** The findings that block, each as `rule address path`. */
export const blocking = (plan: object, options: Partial<CheckOptions> = {}): string[] =>
  findingsOn(plan, options)
    .filter(blocks)
    .map(({ rule, logicalId = '', path = '' }) => [rule, logicalId, path].filter((part) => part !== '').join(' '));
