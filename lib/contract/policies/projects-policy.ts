import type { PolicyOpenProjects } from './gateway-policy';

/** What the API of open projects reads from `policy.json`. */
export interface ProjectsPolicy extends Pick<PolicyOpenProjects, 'models' | 'limits'> {
  readonly boundary: string;
  /** How many open projects there may be at a time. */
  readonly maximum: number;
  /** The IDs of declared projects, which no open project can have. */
  readonly declared: readonly string[];
}
