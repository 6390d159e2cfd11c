import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ProfileRow } from '../../boundary/profile-row';
import type { Purpose } from '../model/purpose';
import type { Draft } from '../read/draft';
import type { Problem } from '../read/problem';

/** What a check looks at. */
export interface Subject {
  /** The file's value as it was written. */
  readonly raw: unknown;
  /** What is right of it. */
  readonly draft: Draft;
  /** None when the file doesn't declare a valid one. */
  readonly boundary?: ResidencyBoundary;
  /** None when it is missing, or not inside. */
  readonly primary?: string;
  /** Where profiles led when the owner asked the provider itself. */
  readonly profileRows: readonly ProfileRow[];
  /** What the file is read for. */
  readonly purpose: Purpose;
  /** Directory of the file, from which paths in it are counted. */
  readonly directory: string;
}

/** Finds one kind of mistake in what a file means. */
export type Check = (subject: Subject) => Problem[];
