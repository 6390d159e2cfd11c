import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../deploy/harness/report';

/** A step that has run, or what a person reported of a part by hand. */
export interface Done {
  /** In ISO 8601. */
  readonly at: string;
  readonly results: readonly Result[];
}

/** What is deployed, so that a later run continues with it. */
export interface Kept {
  readonly assembly: string;
  readonly config: string;
  readonly baseUrls: Readonly<Record<string, string>>;
}

interface State {
  readonly account: string;
  readonly done: Record<string, Done>;
  deployment?: Kept;
}

/** What has run in an account, in a file: some steps are hours or days after others. */
export class Progress {
  private readonly state: State;

  constructor(
    private readonly file: string,
    account: string,
  ) {
    const stored: State | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    if (stored !== undefined && stored.account !== account)
      throw new Error(`${file} belongs to another account; finish there, or move the file away`);
    this.state = stored ?? { account, done: {} };
  }

  public get done(): Readonly<Record<string, Done>> {
    return this.state.done;
  }

  public get deployment(): Kept | undefined {
    return this.state.deployment;
  }

  public finish(step: string, done: Done, deployment: Kept | undefined): void {
    this.state.done[step] = done;
    this.state.deployment = deployment;
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(this.state, undefined, 2));
  }
}
