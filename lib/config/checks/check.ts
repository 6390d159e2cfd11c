import type { ResidencyBoundary } from '../../boundary/boundary';
import type { AzureCheck } from '../../boundary/declared-provider';
import type { ProfileRow } from '../../boundary/profile-row';
import type { Purpose } from '../model/purpose';
import type { Draft } from '../read/draft';
import type { Problem } from '../read/problem';

/** The input of a check. */
export interface Subject {
  /** The file's value as it is written. */
  readonly raw: unknown;
  /** Its valid parts. */
  readonly draft: Draft;
  /** None when the file doesn't declare a valid one. */
  readonly boundary?: ResidencyBoundary;
  /** None when it is missing or outside the boundary. */
  readonly primary?: string;
  /** Regions that the provider itself reported for profiles. */
  readonly profileRows: readonly ProfileRow[];
  /** Deployments of models that Azure itself reported. */
  readonly azureChecks: readonly AzureCheck[];
  /** Why the file is read. */
  readonly purpose: Purpose;
  /** Directory of the file. Paths in the file are relative to it. */
  readonly directory: string;
}

/** Finds one kind of mistake in the meaning of a file. */
export type Check = (subject: Subject) => Problem[];
