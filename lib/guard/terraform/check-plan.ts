import {
  type CheckContext,
  type CheckResult,
  checkTemplate,
  rulesFor,
  toFinding,
  unique,
  violationsOf,
} from '../check/check-template';
import type { Finding } from '../finding';
import { DeclaredPlaces } from '../rule/declared-places';
import type { ResourceRule, RuleContext } from '../rule/rule';
import { stackRegion } from '../rules/stack-region';
import { thirdPartyType } from '../rules/third-party-type';
import type { Json } from '../template/parse';
import { Resource } from '../template/resource';
import type { Scope } from '../template/scope';
import type { PlanResource } from './plan-resource';
import { inSourceTerms } from './source-terms';

/** Resources of a plan that are created in one Region, or by providers that have none. */
export interface PlanPart {
  readonly resources: readonly PlanResource[];
  /** All resources of the plan as a template, in which references are resolved. */
  readonly template: Json;
}

/** Checks resources of a plan as those of a template are checked. */
export function checkPlanPart({ resources, template }: PlanPart, context: CheckContext): CheckResult {
  const scope: Scope = { template, deployRegion: context.deployRegion };
  const places = context.places ?? DeclaredPlaces.none();
  const ruleContext: RuleContext = {
    boundary: context.boundary,
    scope,
    stack: context.stack,
    places,
    permissionsBoundary: context.permissionsBoundary,
    nestedTemplates: new Set(),
    checkInner: (inner, deployRegion, parameters) =>
      checkTemplate(inner, { ...context, deployRegion, parameters }).findings,
  };
  const byType = new Map<string, RuleContext>();
  const contextOf = (type: string) => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const own = { ...ruleContext, places: new PlacesOfType(places, type) };
    byType.set(type, own);
    return own;
  };
  const findings: Finding[] = [];
  // Loops, because most resources have no finding, and a list for each of their rules would cost more than the rules.
  for (const one of resources) {
    const resource = new Resource(one.address, one.checkedAs, one.raw, scope);
    const own = contextOf(one.type);
    for (const rule of rulesOf(one)) {
      for (const violation of violationsOf(rule, () => rule.check(resource, own))) {
        findings.push(inSourceTerms(toFinding(rule, violation, context, resource), rule, one));
      }
    }
  }
  return {
    resources: resources.length,
    findings: unique([...regionFindings(resources, ruleContext, context), ...findings]),
  };
}

const rulesOf = ({ checkedAs, place, rules }: PlanResource): readonly ResourceRule[] =>
  rules ?? (place === 'elsewhere' ? [thirdPartyType] : rulesFor(checkedAs));

/** The Region of the resources, once for all of them. */
function regionFindings(resources: readonly PlanResource[], ruleContext: RuleContext, context: CheckContext) {
  if (!resources.some(({ place }) => place === 'aws')) return [];
  const violations = violationsOf(stackRegion, () => stackRegion.check(ruleContext));
  if (violations.length === 0) return [];
  const types = [...new Set(resources.filter(({ place }) => place === 'aws').map(({ type }) => type))].sort();
  return violations.map((violation) => ({
    ...toFinding(stackRegion, violation, context),
    types,
    fix: REGION_FIX,
  }));
}

const REGION_FIX =
  "Set 'region' of the provider block, or of the resource, to a Region inside the boundary. If the plan doesn't show the Region (an environment variable or a local value sets it), specify it: --region.";

/** The declared places for a resource, whose type has the provider's name there. */
class PlacesOfType extends DeclaredPlaces {
  public constructor(
    private readonly declared: DeclaredPlaces,
    private readonly type: string,
  ) {
    super([]);
  }

  public override hostCountry(host: string): string | undefined {
    return this.declared.hostCountry(host);
  }

  public override bucketCountry(name: string): string | undefined {
    return this.declared.bucketCountry(name);
  }

  public override typeCountry(): string | undefined {
    return this.declared.typeCountry(this.type);
  }
}
