/** A file of a report. */
export interface EvidenceFile {
  /** Without a folder. */
  readonly name: string;
  readonly content: string | Buffer;
}
