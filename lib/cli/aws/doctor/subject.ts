import type { ResidencyBoundary } from '../../../boundary/boundary';
import { type Destination, nameFrom } from '../../../boundary/destination';
import { guardrailRegions } from '../../../boundary/guardrail';
import type { ProfileRow } from '../../../boundary/profile-row';
import { allGuardrails as guardrailsOf } from '../../../config/model/callers';
import type { DeploymentConfig } from '../../../config/model/config';
import type { DoctorLine } from '../../../report/doctor/doctor-line';
import type { ControlPlane } from '../../../runtime/settings/control-plane';
import type { Caller } from '../caller';

/** The subject of the checks, and the caller that makes them. */
export interface Subject {
  readonly boundary: ResidencyBoundary;
  readonly deployment: DeploymentConfig;
  readonly profileRows: readonly ProfileRow[];
  readonly caller: Caller;
  readonly control: ControlPlane;
  /** The folder of the configuration, where the search for the CDK CLI starts. */
  readonly folder: string;
  /** The qualifier of the CDK bootstrap. */
  readonly qualifier: string;
  /** Whether IAM, which is outside the EU, may be called. */
  readonly askIam: boolean;
  /** The members of each workspace; none if the user doesn't say. */
  readonly members?: number;
  readonly now: Date;
}

/** One check; it may throw errors of the AWS SDK. */
export type Check = (subject: Subject) => Promise<readonly DoctorLine[]>;

/** The Bedrock destinations of a deployment, each once. */
export function bedrockDestinations({ deployment }: Pick<Subject, 'deployment'>): Destination[] {
  const all = deployment.models.flatMap(({ destinations }) =>
    destinations.flatMap((one) => (one.provider === 'bedrock' ? [one] : [])),
  );
  return [...new Map(all.map((one) => [nameFrom('', one), one])).values()];
}

/** The Regions that stacks are deployed to, the primary one first. */
export function deployRegions({ deployment }: Pick<Subject, 'deployment'>): string[] {
  const { primaryRegion, recoveryRegion } = deployment;
  const sources = bedrockDestinations({ deployment }).map(({ sourceRegion }) => sourceRegion);
  return [...new Set([primaryRegion, ...(recoveryRegion === undefined ? [] : [recoveryRegion]), ...sources])];
}

/** The Regions in which Bedrock is called, may process a request or may evaluate it by a guardrail, sorted. */
export function processingRegions(subject: Pick<Subject, 'boundary' | 'deployment'>): string[] {
  const called = bedrockDestinations(subject).flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]);
  const evaluated = allGuardrails(subject).flatMap((guardrail) => guardrailRegions(subject.boundary, guardrail));
  return [...new Set([...called, ...evaluated])].sort();
}

/** The guardrails of all tenants. */
export const allGuardrails = ({ deployment }: Pick<Subject, 'deployment'>) => guardrailsOf(deployment);
