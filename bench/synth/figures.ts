import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What one synthesis took. */
export interface Figures {
  readonly seconds: number;
  /** Processor time, in seconds. */
  readonly processor: number;
  /** The most memory that the process had at once. */
  readonly megabytes: number;
  readonly resources: number;
  /** What AWS would refuse at deployment. */
  readonly exceeded: readonly string[];
}

/** A row for each number of workspaces. */
export type SynthFigures = readonly (Figures & { readonly workspaces: number })[];

const FILE = path.join(__dirname, 'figures.json');

/** The figures of the last run with `--write`. */
export const readSynthFigures = (): SynthFigures => JSON.parse(readFileSync(FILE, 'utf8'));

export const writeSynthFigures = (figures: SynthFigures): void =>
  writeFileSync(FILE, `${JSON.stringify(figures, null, 2)}\n`);
