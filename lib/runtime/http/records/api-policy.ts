import type { ResidencyBoundary } from '../../../boundary/boundary';

/** What the headers and records of an API state about its deployment. The gateway's admitted policy is one. */
export interface ApiPolicy {
  readonly boundary: Pick<ResidencyBoundary, 'name'>;
  /** Whether content may be stored; false for projects. */
  readonly keepsContent: boolean;
  readonly tenant: { readonly kind: 'project' | 'workspace'; readonly ids: readonly string[] };
}
