import { hasEgress } from '../../config/model/egress';
import { ResidencyPerimeter } from '../../constructs/perimeter/residency-perimeter';
import { boundaryPolicyName, watchStackName } from '../../contract/perimeter';
import type { FoundationStack } from '../../stacks/foundation-stack';
import { PerimeterStack } from '../../stacks/perimeter-stack';
import { PerimeterWatchStack } from '../../stacks/perimeter-watch-stack';
import { type Plan, stackProps } from './plan';

/** The permissions boundary of every role; none if the file doesn't require one. */
export function perimeterStack(plan: Plan): PerimeterStack | undefined {
  const { scope, deployment } = plan;
  const { name, perimeter } = deployment;
  if (!perimeter?.permissionsBoundary) return undefined;
  const policyName = boundaryPolicyName(name);
  const stack = new PerimeterStack(scope, `${name}-perimeter`, {
    ...stackProps(plan, 'the permissions boundary of every role'),
    terminationProtection: true,
    organization: perimeter.organization,
    deployRoles: [...perimeter.deployRoles],
    hasEgress: perimeter.egress ?? hasEgress(deployment),
    guardrails: [...perimeter.guardrails],
    requiresBoundary: perimeter.permissionsBoundary,
    policyName,
  });
  ResidencyPerimeter.of(scope).apply(policyName);
  return stack;
}

/** The stacks and StackSets of the hook and of the trail, by the names that docs/HOOK.md and AccountTrails give them. */
const ENFORCING = ['*residency-hook*', '*residency-trail*'];

/** The reports of calls that loosen the perimeter; none if the file declares no perimeter. */
export function perimeterWatchStack(plan: Plan, { foundation }: FoundationStack): PerimeterWatchStack | undefined {
  const { scope, deployment } = plan;
  const { name, perimeter } = deployment;
  return (
    perimeter &&
    new PerimeterWatchStack(scope, watchStackName(name), {
      ...stackProps(plan, 'reports of what loosens the perimeter'),
      terminationProtection: true,
      foundation,
      deployRoles: [...perimeter.deployRoles],
      policyName: boundaryPolicyName(name),
      stackNames: [`${name}-*`, ...ENFORCING],
    })
  );
}
