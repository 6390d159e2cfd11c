import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import type { Violation } from '../rule/rule';
import { expandAll } from '../template/expand';
import { isMap } from '../template/node';
import { elements, type Statement } from '../template/policy-statements';
import { actionsOf, hasPlaceholders } from './invocations';

/** Services without a Region: each of their requests counts as one of Virginia. */
const GLOBAL =
  /^(?:iam|sts|account|artifact|aws-portal|billing|budgets|ce|cloudfront|cur|globalaccelerator|health|organizations|pricing|route53(?:domains)?|savingsplans|shield|support|tax|trustedadvisor|waf)$/i;

/** The Regions outside the boundary to which a condition of an Allow statement opens a regional service. */
export function* regionsAllowed(statement: Statement, boundary: ResidencyBoundary): Generator<Violation> {
  const { path, map, scope } = statement;
  if (actionsOf(statement).every(({ service }) => GLOBAL.test(service))) return;
  for (const condition of expandAll(map.Condition, scope)) {
    for (const [operator, keys] of Object.entries(isMap(condition) ? condition : {})) {
      if (!/String(?:Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/.test(operator)) continue;
      for (const variant of expandAll(keys, scope)) {
        for (const [key, values] of Object.entries(isMap(variant) ? variant : {})) {
          if (key.toLowerCase() === 'aws:requestedregion') yield* outsideOf(elements(values, scope), path, boundary);
        }
      }
    }
  }
}

function* outsideOf(regions: readonly string[], path: string, boundary: ResidencyBoundary): Generator<Violation> {
  for (const value of regions) {
    // A wildcard doesn't open more than the statement would without the condition.
    if (/[*?]/.test(value) || hasPlaceholders(value)) continue;
    const decision = decideRegion(boundary, value);
    if (!decision.inside)
      yield {
        path: `${path}/Condition`,
        value,
        place: decision.place,
        detail: `a permission outside the boundary: ${decision.detail}`,
      };
  }
}
