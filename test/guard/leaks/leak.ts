import type { RequiredBoundary } from '@/lib/guard/rule/required-boundary';

/** One resource that AWS documents, as it appears in a template. */
export interface Sample {
  /** The page of the AWS (or vendor) documentation that it was written from. */
  readonly source: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Other relevant parts of the template: resources, parameters, mappings. */
  readonly around?: Readonly<Record<string, unknown>>;
  /** The permissions boundary that the owner requires of every role; none if there is none. */
  readonly permissionsBoundary?: RequiredBoundary;
}

/** Samples by title: leaks, or near misses that only look like leaks. */
export type Samples = Readonly<Record<string, Sample>>;

export const AWS_DOCS = 'https://docs.aws.amazon.com';
