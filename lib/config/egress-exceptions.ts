import type { ResidencyBoundary } from '../boundary/boundary';
import { decideHost } from '../boundary/host';
import { egressStackName } from '../contract/egress';
import type { DeclaredException } from '../guard/declarations/declared-exception';
import type { DeploymentConfig } from './model/config';
import { outsideDestinations } from './model/egress';

/** Where the egress stack names the hosts that it reaches. */
const NAMES = [
  ['AWS::NetworkFirewall::RuleGroup', '/Properties/RuleGroup/RulesSource/RulesString'],
  ['AWS::Route53Resolver::FirewallDomainList', '/Properties/Domains/*'],
] as const;

/** An acceptance applies for as long as the file states it. */
const NO_END = '9999-12-31';

/**
 * The exceptions that follow from what a file accepts: for each accepted host outside the boundary, that the egress stack names it in the
 * rules of its firewalls and in the list of its resolver. Anywhere else, the guard reports the host as before.
 */
export function egressExceptions(boundary: ResidencyBoundary, deployment: DeploymentConfig): DeclaredException[] {
  const accepted = new Map(
    outsideDestinations(deployment).flatMap(({ destination }) => {
      const decision = decideHost(boundary, destination.sourceRegion);
      const isOutside = !decision.inside && decision.reason === 'outside';
      return isOutside && destination.accepted !== undefined ? [[destination.sourceRegion, destination.accepted]] : [];
    }),
  );
  return [...accepted].flatMap(([value, reason]) =>
    NAMES.map(([type, property]) => ({
      rule: 'place-outside',
      stack: egressStackName(deployment.name),
      type,
      property,
      value,
      reason,
      approver: "as 'acceptsWiderEurope' states",
      expires: NO_END,
    })),
  );
}
