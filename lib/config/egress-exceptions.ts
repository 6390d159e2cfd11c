import type { ResidencyBoundary } from '../boundary/boundary';
import { decideHost } from '../boundary/host';
import { egressStackName } from '../contract/egress';
import { type DeclaredException, NO_END } from '../guard/declarations/declared-exception';
import type { DeploymentConfig } from './model/config';
import { outsideDestinations } from './model/egress';
import type { ResidencyFile } from './schema/schema';

/** Where the egress stack names the hosts that it reaches. */
const NAMES = [
  ['AWS::NetworkFirewall::RuleGroup', '/Properties/RuleGroup/RulesSource/RulesString'],
  ['AWS::Route53Resolver::FirewallDomainList', '/Properties/Domains/*'],
] as const;

/** Who approved an acceptance that names no approver: the file's owner wrote it. */
const OWNER = 'the owner of residency.yaml';

/**
 * The exceptions that follow from what a file accepts: for each accepted host outside the boundary, that the egress stack names it in the
 * rules of its firewalls and in the list of its resolver. Anywhere else, the guard reports the host as before.
 */
export function egressExceptions(
  boundary: ResidencyBoundary,
  deployment: DeploymentConfig,
  file: Pick<ResidencyFile, 'openai' | 'providers'> = {},
): DeclaredException[] {
  const accepted = new Map(
    outsideDestinations(deployment).flatMap(({ destination }) => {
      const decision = decideHost(boundary, destination.sourceRegion);
      const isOutside = !decision.inside && decision.reason === 'outside';
      return isOutside && destination.accepted !== undefined
        ? [
            [
              destination.sourceRegion,
              { reason: destination.accepted, approver: approverOf(file, destination.providerName) },
            ],
          ]
        : [];
    }),
  );
  return [...accepted].flatMap(([value, { reason, approver }]) =>
    NAMES.map(([type, property]) => ({
      rule: 'place-outside',
      stack: egressStackName(deployment.name),
      type,
      property,
      value,
      reason,
      approver,
      expires: NO_END,
    })),
  );
}

function approverOf(
  { openai, providers }: Pick<ResidencyFile, 'openai' | 'providers'>,
  name: string | undefined,
): string {
  const terms = name === undefined ? openai : providers?.declared?.find((one) => one.name === name);
  return terms?.acceptsWiderEurope?.approver ?? OWNER;
}
