import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { type CheckOptions, checkInputs } from '@/lib/guard/check/check-inputs';
import { blocks, type Finding } from '@/lib/guard/finding';
import type { Json } from '@/lib/guard/template/parse';
import { readPlan } from '@/lib/guard/terraform/read-plan';

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
