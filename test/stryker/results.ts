import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The part of Stryker's report that is read. */
export interface StrykerReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly StrykerMutant[] }>>;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

export interface StrykerMutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  /** Whether it runs while a file is loaded. */
  readonly static?: boolean;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** How many mutants of a run were noticed. */
export interface Figures {
  readonly killed: number;
  /** A test never ended: noticed too. */
  readonly timedOut: number;
  readonly survived: number;
  /** No test runs them; they count as survivors. */
  readonly notCovered: number;
}

/** The first and the last measurement of a module. */
export interface Result {
  readonly module: string;
  /** The number of mutants from which a sample was chosen; absent if all were run. */
  readonly sampledFrom?: number;
  /** Absent if tests had been added before the first measurement. */
  readonly before?: Figures;
  readonly after: Figures;
  /** The survivors of the last measurement that are listed as equivalent. */
  readonly equivalent: number;
}

const FILE = path.join(__dirname, 'results.json');

export const readResults = (): readonly Result[] => JSON.parse(readFileSync(FILE, 'utf8'));

/** Records a measurement: the first one of a module stays, as what there was before. */
export function record({ module, after, ...rest }: Omit<Result, 'before'>): void {
  const results = readResults();
  const former = results.find((result) => result.module === module);
  const before = former === undefined ? after : former.before;
  const others = results.filter((result) => result.module !== module);
  const all = [...others, { module, before, after, ...rest }];
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

export function figuresOf({ files }: StrykerReport): Figures {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  return {
    killed: count('Killed'),
    timedOut: count('Timeout'),
    survived: count('Survived'),
    notCovered: count('NoCoverage'),
  };
}

export const total = ({ killed, timedOut, survived, notCovered }: Figures) => killed + timedOut + survived + notCovered;

/** The share of noticed mutants, from 0 to 1. */
export const scoreOf = (figures: Figures) => (figures.killed + figures.timedOut) / total(figures);

const Z = 1.96;

/** The lower bound of the 95 % interval of the score (Wilson), for a sample. */
export function lowerBound(figures: Figures): number {
  const n = total(figures);
  const p = scoreOf(figures);
  const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  return (p + Z ** 2 / (2 * n) - half) / (1 + Z ** 2 / n);
}
