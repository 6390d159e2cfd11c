import type { Destination } from '@/lib/boundary/destination';
import type { Context } from '../calls/row';
import type { DeployedFunction } from './account';

/** One call of a function, in IAM's terms. */
export interface Call {
  readonly fn: DeployedFunction;
  readonly by: string;
  readonly action: string;
  /** An ARN, in which `*` stands for any text. */
  readonly on: string;
  readonly context: Context;
  readonly byLambda: boolean;
}

/** What a deployment declares, as far as the calls depend on it. */
export interface Declared {
  readonly all: readonly Destination[];
  /** The destinations of a tenant, by the ID of the workspace or by `projects`. */
  readonly ofTenant: (tenant: string) => readonly Destination[];
  /** The services whose endpoints the VPC already has. Their owner is responsible for their policies. */
  readonly existingEndpoints: readonly string[];
}
