/** One resource that AWS documents, as a template would hold it. */
export interface Sample {
  /** The page of AWS's documentation (or of the vendor) that it was written from. */
  readonly source: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What else of the template matters: other resources, parameters, mappings. */
  readonly around?: Readonly<Record<string, unknown>>;
}

/** Samples by title: what leaves (exits), or seems to (near misses). */
export type Samples = Readonly<Record<string, Sample>>;

export const AWS_DOCS = 'https://docs.aws.amazon.com';
