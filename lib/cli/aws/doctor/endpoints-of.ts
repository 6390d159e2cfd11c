import { hasEgress } from '../../../config/model/egress';
import { bedrockDestinations, type Subject } from './subject';

/** The Regions with a network of the deployment: those in which Bedrock is called, and that of replicas. */
export function networkRegions(subject: Pick<Subject, 'deployment'>): string[] {
  const { primaryRegion, recoveryRegion, workspaces } = subject.deployment;
  const recovery = workspaces.length > 0 && recoveryRegion !== undefined ? [recoveryRegion] : [];
  const called = bedrockDestinations(subject).map(({ sourceRegion }) => sourceRegion);
  return [...new Set([primaryRegion, ...called, ...recovery])];
}

/** The services whose interface endpoint the deployment creates in a Region, by the ends of their names. */
export function interfaceServices(subject: Pick<Subject, 'deployment'>, region: string): string[] {
  const { primaryRegion, recoveryRegion, network } = subject.deployment;
  const isPrimary = region === primaryRegion;
  const given = isPrimary ? network.vpc?.endpoints : undefined;
  const isCalled = bedrockDestinations(subject).some(({ sourceRegion }) => sourceRegion === region);
  return [
    ...(isCalled && given?.bedrock !== 'existing' ? ['bedrock-runtime'] : []),
    ...((isPrimary || region === recoveryRegion) && given?.kms !== 'existing' ? ['kms'] : []),
    ...(isPrimary && hasEgress(subject.deployment) && given?.lambda !== 'existing' ? ['lambda'] : []),
  ];
}
