/** Something that an auditor must know about a file. */
export interface Finding {
  /** `failure`: files contradict each other or a signature. `gap`: something is missing, and nothing says that it was removed. */
  readonly kind: 'failure' | 'gap';
  /** A file of the bundle, or what the files don't have. */
  readonly file: string;
  readonly found: string;
  readonly expected: string;
}

/** More of them say no more, and a forged bundle could have millions. */
const MOST_SHOWN = 10_000;

/** Findings in the order in which they were found. */
export class Findings {
  public readonly shown: Finding[] = [];
  public count = 0;

  public failure(file: string, found: string, expected: string): void {
    this.add({ kind: 'failure', file, found, expected });
  }

  public gap(file: string, found: string, expected: string): void {
    this.add({ kind: 'gap', file, found, expected });
  }

  private add(finding: Finding): void {
    this.count += 1;
    if (this.shown.length < MOST_SHOWN) this.shown.push(finding);
  }
}
