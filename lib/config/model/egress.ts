import { isOutsideAws } from '../../boundary/provider-of';
import type { ServerDestination } from '../../boundary/server';
import { callersOf } from './callers';
import type { DeploymentConfig } from './config';

/** A destination outside AWS, and whether a project can call it. */
export interface OutsideDestination {
  readonly destination: ServerDestination;
  readonly servesProjects: boolean;
}

/** The destinations outside AWS, in the order of the file. */
export function outsideDestinations(
  deployment: Pick<DeploymentConfig, 'models' | 'projects' | 'openProjects'>,
): OutsideDestination[] {
  const ofProjects = new Set(callersOf(deployment).flatMap(({ models }) => models));
  return deployment.models.flatMap(({ id, destinations }) =>
    destinations.filter(isOutsideAws).map((destination) => ({ destination, servesProjects: ofProjects.has(id) })),
  );
}

/** Whether a deployment has an egress, which it has exactly if a model has a destination outside AWS. */
export const hasEgress = ({ models }: Pick<DeploymentConfig, 'models'>): boolean =>
  models.some(({ destinations }) => destinations.some(isOutsideAws));
