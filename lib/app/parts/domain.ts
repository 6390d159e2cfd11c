import { DomainStack } from '../../stacks/domain-stack';
import { type Plan, stackProps } from './plan';

/** The host name of all APIs; none when the file has none. */
export function domainStack(plan: Plan): DomainStack | undefined {
  const { domain, name } = plan.deployment;
  if (domain === undefined) return undefined;
  const { certificate, hostedZone } = domain;
  return new DomainStack(plan.scope, `${name}-domain`, {
    ...stackProps(plan, 'the host name of its APIs'),
    terminationProtection: true,
    domainName: domain.name,
    certificateArn: certificate,
    ...(hostedZone && { hostedZone: { hostedZoneId: hostedZone.id, zoneName: hostedZone.name } }),
  });
}
