/** A generated page of the documentation. */
export interface Page {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly render: () => string;
}
